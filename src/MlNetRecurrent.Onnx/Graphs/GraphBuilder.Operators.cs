namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Nodes of the operators that several parts of a network need.</summary>
internal sealed partial class GraphBuilder
{
    public string Cast(string value, OnnxType type) => Add("Cast", [value], Integer("to", (int)type));

    public string Transpose(string value, params long[] order) => Add("Transpose", [value], Integers("perm", order));

    public string Reshape(string value, params long[] dimensions) => Add("Reshape", [value, Integers(dimensions)]);

    public string Unsqueeze(string value, params long[] axes) => Add("Unsqueeze", [value, Integers(axes)]);

    public string Concat(long axis, params string[] values) => Add("Concat", values, Integer("axis", axis));

    /// <summary>The places of an axis from a start, up to an end that is left out.</summary>
    public string Slice(string value, long start, long end, long axis) =>
        Add("Slice", [value, Integers(start), Integers(end), Integers(axis)]);

    /// <summary>1 at an index, and 0 at all others, of a new axis with <paramref name="count"/> places.</summary>
    public string OneHot(string indices, long count, long axis) =>
        Add("OneHot", [indices, Integers(count), Weights("off_on", [0, 1], 2)], Integer("axis", axis));
}
