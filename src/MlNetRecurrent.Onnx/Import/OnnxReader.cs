using Google.Protobuf;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>A file: its constants and its nodes by the names of what they make.</summary>
internal sealed class OnnxReader
{
    private readonly Dictionary<string, TensorProto> _constants = [];
    private readonly Dictionary<string, ValueInfoProto> _inputs = [];
    private readonly Dictionary<string, int> _makers = [];
    private readonly Dictionary<string, bool> _zeros = [];
    private readonly HashSet<string> _functions;

    private OnnxReader(ModelProto file)
    {
        File = file;
        _functions = [.. file.Functions.Select(function => function.Name)];
        foreach (TensorProto tensor in file.Graph.Initializer)
        {
            if (!_constants.TryAdd(tensor.Name, tensor))
                throw new InvalidDataException($"The file is damaged: two tensors are named '{ShortName.Shorten(tensor.Name)}'.");
        }
        foreach (ValueInfoProto input in file.Graph.Input)
        {
            if (!_inputs.TryAdd(input.Name, input))
                throw new InvalidDataException($"The file is damaged: two inputs are named '{ShortName.Shorten(input.Name)}'.");
        }
        foreach ((int index, NodeProto node) in file.Graph.Node.Index())
        {
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                if (_inputs.ContainsKey(output) || _constants.ContainsKey(output) || !_makers.TryAdd(output, index))
                    throw new InvalidDataException($"The file is damaged: two things make '{ShortName.Shorten(output)}'.");
            }
            if (node.Output.Count == 1 && ConstantNode.TryRead(node) is { } tensor)
                _constants[node.Output[0]] = tensor;
        }
    }

    public ModelProto File { get; }

    /// <summary>All numbers of the file.</summary>
    public long NumberCount => _constants.Values.Sum(tensor => tensor.RawData.Length / sizeof(float) + (long)tensor.FloatData.Count);

    /// <exception cref="InvalidDataException">The stream holds no ONNX file, or a damaged one.</exception>
    public static OnnxReader Of(Stream stream)
    {
        ModelProto file;
        try
        {
            file = MessageBudget.Parse(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The file is no ONNX file, or damaged: {e.Message}", e);
        }
        return file.Graph is null || file.Graph.Node.Count == 0 ? throw new InvalidDataException("The file is no ONNX file, or damaged: it has no graph.") : new(file);
    }

    public bool IsConstant(string name) => _constants.ContainsKey(name);

    /// <summary>Whether a constant is of integers.</summary>
    public bool IsInteger(string name) => (OnnxType)Find(name).DataType is OnnxType.Int64 or OnnxType.Int32;

    /// <summary>Whether a constant is one truth value, and false.</summary>
    public bool IsFalse(string name) => Find(name) is { DataType: (int)OnnxType.Boolean, RawData.Length: <= 1, Int32Data.Count: <= 1 } tensor && tensor.RawData.Span.IndexOfAnyExcept((byte)0) < 0 && tensor.Int32Data.All(value => value == 0);

    /// <summary>Whether the file redefines an operator.</summary>
    public bool HasFunction(string name) => _functions.Contains(name);

    /// <summary>The dimensions of a constant of numbers, of which there are as many as they say.</summary>
    /// <exception cref="NotSupportedException">It is computed in the graph, of another type, or in another file.</exception>
    /// <exception cref="InvalidDataException">It is of another size than it says.</exception>
    public int[] Dimensions(string name) => Find(name).VerifyNumbers();

    /// <summary>The number of axes of a constant.</summary>
    public int RankOf(string name) => Find(name).Dims.Count;

    /// <summary>Whether a constant of one axis at most has more elements than a number, as its dimensions say.</summary>
    public bool IsLongerThan(string name, int most) => Find(name).Dims is [var length] && length > most;

    /// <summary>A constant of numbers, and its dimensions.</summary>
    /// <exception cref="NotSupportedException">It is computed in the graph, of another type, or in another file.</exception>
    /// <exception cref="InvalidDataException">It is of another size than it says.</exception>
    public (float[] Values, int[] Dimensions) Numbers(string name) => (Find(name).ReadNumbers(), Dimensions(name));

    /// <summary>A constant of integers.</summary>
    /// <exception cref="NotSupportedException">It is computed in the graph.</exception>
    /// <exception cref="InvalidDataException">It is of another type, or of another size than it says.</exception>
    public long[] Integers(string name) => Find(name).ReadIntegers();

    /// <summary>The place of the node that makes a value, or -1.</summary>
    public int MakerOf(string name) => _makers.GetValueOrDefault(name, -1);

    /// <summary>The input of the graph of a name; null where there is none, or where a constant stands in its place.</summary>
    public ValueInfoProto? InputOf(string name) => IsConstant(name) ? null : _inputs.GetValueOrDefault(name);

    /// <summary>Whether a value is zero throughout: a constant, or made of one in a way that shows.</summary>
    public bool IsZero(string name)
    {
        if (_zeros.TryGetValue(name, out bool known))
            return known;
        // What stands on the way is known as well then, so that no node is walked, and no constant read, twice.
        List<string> way = [name];
        // No more nodes than there are can stand one behind the other.
        while (way.Count <= File.Graph.Node.Count && !IsConstant(way[^1]) && MakerOf(way[^1]) is >= 0 and var maker)
        {
            NodeProto node = File.Graph.Node[maker];
            if (node is { OpType: "Expand" or "Identity" or "Tile" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose", Input.Count: > 0 } && GraphNode.IsStandard(node))
                way.Add(node.Input[0]);
            else
                return Remember(way, ConstantNode.IsFilledWithZero(node));
            if (_zeros.TryGetValue(way[^1], out known))
                return Remember(way, known);
        }
        return Remember(way, IsConstant(way[^1]) && Array.TrueForAll(Numbers(way[^1]).Values, value => value == 0));
    }

    private bool Remember(List<string> names, bool isZero)
    {
        foreach (string name in names)
            _zeros[name] = isZero;
        return isZero;
    }

    private TensorProto Find(string name) =>
        _constants.GetValueOrDefault(name) ?? throw new NotSupportedException($"Value '{ShortName.Shorten(name)}' is computed in the graph; it must be a constant to be read.");
}
