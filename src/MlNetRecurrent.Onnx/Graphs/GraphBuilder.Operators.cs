namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Nodes of the operators that several parts of a network need.</summary>
internal sealed partial class GraphBuilder
{
    public string Cast(string value, OnnxType type) => Add("Cast", [value], CreateInteger("to", (int)type));

    public string Transpose(string value, params long[] order) => Add("Transpose", [value], CreateIntegers("perm", order));

    public string Reshape(string value, params long[] dimensions) => Add("Reshape", [value, AddIntegers(dimensions)]);

    public string Unsqueeze(string value, params long[] axes) => Add("Unsqueeze", [value, AddIntegers(axes)]);

    public string Concat(long axis, params string[] values) => Add("Concat", values, CreateInteger("axis", axis));

    /// <summary>The places of an axis from a start, up to an end that is left out.</summary>
    public string Slice(string value, long start, long end, long axis) =>
        Add("Slice", [value, AddIntegers(start), AddIntegers(end), AddIntegers(axis)]);

    /// <summary>1 at an index, and 0 at all others, of a new axis with <paramref name="count"/> places.</summary>
    public string EncodeOneHot(string indices, long count, long axis) =>
        Add("OneHot", [indices, AddIntegers(count), AddWeights("off_on", [0, 1], 2)], CreateInteger("axis", axis));
}
