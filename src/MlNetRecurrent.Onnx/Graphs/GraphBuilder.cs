using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Builds a graph node by node. A graph in the body of a loop can read values of the graph around the loop.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>The domain of ONNX's operators for traditional machine learning.</summary>
    public const string MlDomain = "ai.onnx.ml";

    private readonly GraphBuilder? _outer;
    private readonly HashSet<string> _optional = [];
    private int _names;

    public GraphBuilder(string name, GraphBuilder? outer = null)
    {
        _outer = outer;
        Graph = new() { Name = name };
    }

    public GraphProto Graph { get; }

    /// <summary>Whether the graph has a node of <see cref="MlDomain"/>.</summary>
    public bool UsesMl => Graph.Node.Any(node => node.Domain == MlDomain);

    private GraphBuilder Outermost => _outer?.Outermost ?? this;

    /// <summary>Adds an input to the graph.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="type">The element type.</param>
    /// <param name="dimensions">The size of each axis: a number, or a name where the size is unknown until the graph runs.</param>
    public string AddInput(string name, OnnxType type, params object[] dimensions)
    {
        Graph.Input.Add(DescribeValue(name, type, dimensions));
        return name;
    }

    /// <summary>Adds an optional input, Int32 [batch].</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="value">The default value.</param>
    public string AddOptionalInput(string name, int value)
    {
        AddInput(name, OnnxType.Int32, "lengths");
        _optional.Add(name);
        return AddInitializer(name, OnnxType.Int32, MemoryMarshal.AsBytes<int>([value]), 1);
    }

    /// <summary>Adds an output to the graph: a value under another name.</summary>
    public void AddOutput(string name, string value, OnnxType type, params object[] dimensions)
    {
        Graph.Node.Add(new NodeProto { OpType = "Identity", Name = CreateName("output"), Input = { value }, Output = { name } });
        Graph.Output.Add(DescribeValue(name, type, dimensions));
    }

    /// <summary>The name of the value that an output has.</summary>
    public string FindValue(string output) => Graph.Node.Single(node => node.Output.Contains(output)).Input[0];

    /// <summary>Removes an output, so that its name can be used again.</summary>
    public void RemoveOutput(string name)
    {
        Graph.Node.Remove(Graph.Node.Single(node => node.Output.Contains(name)));
        Graph.Output.Remove(Graph.Output.Single(output => output.Name == name));
    }

    /// <summary>Adds a node with one output and returns the name of the output.</summary>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) =>
        AddMany(operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs and returns their names.</summary>
    public string[] AddMany(string operation, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        string name = CreateName(operation);
        string[] names = outputs == 1
            ? [name]
            : [.. Enumerable.Range(0, outputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"))];
        Graph.Node.Add(new NodeProto
        {
            OpType = operation,
            Name = name,
            Input = { inputs },
            Output = { names },
            Attribute = { attributes },
        });
        return names;
    }

    /// <summary>Adds the weights of a network under their own name, by which the reader finds them.</summary>
    public string AddNamedWeights(string name, ReadOnlySpan<float> values, params long[] dimensions) =>
        AddInitializer(name, OnnxType.Single, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>Adds a constant tensor of numbers.</summary>
    public string AddWeights(string hint, ReadOnlySpan<float> values, params long[] dimensions) =>
        AddNamedWeights(CreateName(hint), values, dimensions);

    /// <summary>Adds a constant number without axes.</summary>
    public string AddConstant(float value) => AddWeights("constant", [value]);

    /// <summary>Adds a constant vector, Int64.</summary>
    public string AddIntegers(params long[] values) =>
        AddInitializer(CreateName("integers"), OnnxType.Int64, MemoryMarshal.AsBytes<long>(values), values.Length);

    /// <summary>Adds a constant vector, Int32.</summary>
    public string AddInt32s(string hint, params int[] values) =>
        AddInitializer(CreateName(hint), OnnxType.Int32, MemoryMarshal.AsBytes<int>(values), values.Length);

    /// <summary>Adds a constant integer without axes, Int32.</summary>
    public string AddInt32Scalar(int value) => AddInitializer(CreateName("number"), OnnxType.Int32, MemoryMarshal.AsBytes<int>([value]));

    /// <summary>Adds a constant vector of texts.</summary>
    public string AddStrings(string hint, IEnumerable<string> values)
    {
        var tensor = new TensorProto
        {
            Name = CreateName(hint),
            DataType = (int)OnnxType.String,
            StringData = { values.Select(ByteString.CopyFromUtf8) },
        };
        tensor.Dims.Add(tensor.StringData.Count);
        Outermost.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <exception cref="InvalidOperationException">A column has the name of another value of the graph.</exception>
    public void ThrowIfNamedTwice()
    {
        // An optional input has the name of the initializer that holds its default value.
        IEnumerable<string> inputs = Graph.Input.Select(input => input.Name).Where(name => !_optional.Remove(name));
        IEnumerable<string> names =
            [.. Graph.Initializer.Select(tensor => tensor.Name), .. inputs, .. Graph.Node.SelectMany(node => node.Output)];
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException(
                $"Two things in the ONNX file would be named '{twice.Key}': a column has the name of another one, or of weights. " +
                "Give it another.");
        }
    }

    private string AddInitializer(string name, OnnxType type, ReadOnlySpan<byte> bytes, params long[] dimensions)
    {
        Outermost.Graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)type,
            Dims = { dimensions },
            RawData = ByteString.CopyFrom(bytes),
        });
        return name;
    }

    /// <summary>Creates a name that is unique in the file.</summary>
    private string CreateName(string hint) =>
        _outer?.CreateName(hint) ?? string.Create(CultureInfo.InvariantCulture, $"/{hint}_{++_names}");
}
