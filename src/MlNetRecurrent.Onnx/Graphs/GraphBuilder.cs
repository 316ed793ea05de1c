using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Puts a graph together node by node. What is within the body of a loop may read what is around it.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphBuilder? _outer;
    private readonly HashSet<string> _optional = [];
    private int _names;

    public GraphBuilder(string name, GraphBuilder? outer = null)
    {
        _outer = outer;
        Graph = new() { Name = name };
    }

    public GraphProto Graph { get; }

    /// <summary>An input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="dimensions">Numbers, and names of what is only known when it runs.</param>
    public string Input(string name, OnnxType type, params object[] dimensions)
    {
        Graph.Input.Add(Value(name, type, dimensions));
        return name;
    }

    /// <summary>An input, Int32 [batch], that may be left out: then it is one number.</summary>
    public string OptionalInput(string name, int value)
    {
        Input(name, OnnxType.Int32, "lengths");
        _optional.Add(name);
        return Int32s(name, value);
    }

    /// <summary>An output of the graph, which is a value under another name.</summary>
    public void Output(string name, string value, OnnxType type, params object[] dimensions)
    {
        Graph.Node.Add(new NodeProto { OpType = "Identity", Name = NextName("output"), Input = { value }, Output = { name } });
        Graph.Output.Add(Value(name, type, dimensions));
    }

    /// <summary>Takes an output away, so that another can have its name.</summary>
    public void RemoveOutput(string name)
    {
        Graph.Node.Remove(Graph.Node.Single(node => node.Output.Contains(name)));
        Graph.Output.Remove(Graph.Output.Single(output => output.Name == name));
    }

    /// <summary>A node with one output, whose name is returned.</summary>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) => AddMany(operation, inputs, 1, attributes)[0];

    /// <summary>A node with several outputs.</summary>
    public string[] AddMany(string operation, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        string name = NextName(operation);
        string[] names = outputs == 1 ? [name] : [.. Enumerable.Range(0, outputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"))];
        Graph.Node.Add(new NodeProto { OpType = operation, Name = name, Input = { inputs }, Output = { names }, Attribute = { attributes } });
        return names;
    }

    public string Constant(float value) => Weights("constant", [value]);

    /// <summary>Weights under a name of their own, by which they are found again.</summary>
    public string Named(string name, ReadOnlySpan<float> values, params long[] dimensions) => Initializer(name, OnnxType.Single, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>A tensor of numbers; without dimensions a scalar.</summary>
    public string Weights(string name, ReadOnlySpan<float> values, params long[] dimensions) => Initializer(NextName(name), OnnxType.Single, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>A vector of integers.</summary>
    public string Integers(params long[] values) => Initializer(NextName("integers"), OnnxType.Int64, MemoryMarshal.AsBytes<long>(values), values.Length);

    public string Int32s(string name, params int[] values) => Initializer(name, OnnxType.Int32, MemoryMarshal.AsBytes<int>(values), values.Length);

    public string Int32Scalar(int value) => Initializer(NextName("number"), OnnxType.Int32, MemoryMarshal.AsBytes<int>([value]));

    public static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = 2 };

    public static AttributeProto Integers(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = 7 };

    public static AttributeProto Text(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = 3 };

    public static AttributeProto Texts(string name, params IEnumerable<string> values) => new() { Name = name, Strings = { values.Select(ByteString.CopyFromUtf8) }, Type = 8 };

    public static AttributeProto Number(string name, float value) => new() { Name = name, F = value, Type = 1 };

    public static AttributeProto Body(string name, GraphProto value) => new() { Name = name, G = value, Type = 5 };

    public static ValueInfoProto Value(string name, OnnxType type, params object[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (object dimension in dimensions)
            shape.Dim.Add(dimension is string symbol ? new TensorShapeProto.Types.Dimension { DimParam = symbol } : new() { DimValue = Convert.ToInt64(dimension, CultureInfo.InvariantCulture) });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    /// <summary>A vector of texts.</summary>
    public string Strings(string name, IEnumerable<string> values)
    {
        var tensor = new TensorProto { Name = NextName(name), DataType = (int)OnnxType.String, StringData = { values.Select(ByteString.CopyFromUtf8) } };
        tensor.Dims.Add(tensor.StringData.Count);
        Outermost.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Whether the graph has a node of ONNX's traditional machine learning.</summary>
    public bool UsesMl => Graph.Node.Any(node => node.Domain == MlDomain);

    public const string MlDomain = "ai.onnx.ml";

    /// <exception cref="InvalidOperationException">A column has the name of something else in the graph.</exception>
    public void ThrowIfNamedTwice()
    {
        // An input that may be left out has the name of what then stands in its place.
        IEnumerable<string> names = [.. Graph.Initializer.Select(tensor => tensor.Name), .. Graph.Input.Select(input => input.Name).Where(name => !_optional.Remove(name)), .. Graph.Node.SelectMany(node => node.Output)];
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two things in the ONNX file would be named '{twice.Key}': a column has the name of another one, or of weights. Give it another.");
    }

    private string Initializer(string name, OnnxType type, ReadOnlySpan<byte> bytes, params long[] dimensions)
    {
        Outermost.Graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { dimensions }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }

    private GraphBuilder Outermost => _outer?.Outermost ?? this;

    /// <summary>A name that nothing has yet.</summary>
    public string NextName(string hint) => _outer?.NextName(hint) ?? string.Create(CultureInfo.InvariantCulture, $"/{hint}_{++_names}");
}
