using Google.Protobuf;

namespace MlNetRecurrent.Onnx.Files;

/// <summary>A file that was read, whose constants, inputs and nodes are found by name.</summary>
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
            AddOutputs(index, node);
    }

    public ModelProto File { get; }

    /// <summary>The description of the model, if this library wrote the file; otherwise null.</summary>
    public string? Description => File.MetadataProps.FirstOrDefault(entry => entry.Key == OnnxFile.DescriptionKey)?.Value;

    /// <summary>The number of values of type Single in the file.</summary>
    public long NumberCount => _constants.Values.Sum(tensor => tensor.RawData.Length / sizeof(float) + (long)tensor.FloatData.Count);

    /// <exception cref="InvalidDataException">The stream is not an ONNX file, or the file is damaged.</exception>
    public static OnnxReader Open(Stream stream)
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
        return file.Graph is null || file.Graph.Node.Count == 0
            ? throw new InvalidDataException("The file is no ONNX file, or damaged: it has no graph.")
            : new(file);
    }

    public bool IsConstant(string name) => _constants.ContainsKey(name);

    /// <summary>Whether a constant holds integers.</summary>
    public bool IsInteger(string name) => (OnnxType)Find(name).DataType is OnnxType.Int64 or OnnxType.Int32;

    /// <summary>Whether a constant is the single Boolean value false.</summary>
    public bool IsFalse(string name) =>
        Find(name) is { DataType: (int)OnnxType.Boolean, RawData.Length: <= 1, Int32Data.Count: <= 1 } tensor
        && tensor.RawData.Span.IndexOfAnyExcept((byte)0) < 0
        && tensor.Int32Data.All(value => value == 0);

    /// <summary>Whether the file redefines an operator.</summary>
    public bool HasFunction(string name) => _functions.Contains(name);

    /// <summary>The dimensions of a constant of type Single.</summary>
    /// <exception cref="NotSupportedException">The value is computed in the graph, of another type, or in another file.</exception>
    /// <exception cref="InvalidDataException">The number of values is not the product of the dimensions.</exception>
    public int[] ReadDimensions(string name) => Find(name).VerifyNumbers();

    /// <summary>The number of axes of a constant.</summary>
    public int FindRank(string name) => Find(name).Dims.Count;

    /// <summary>Whether a constant with one axis has more than <paramref name="most"/> elements, by its dimensions.</summary>
    public bool IsLongerThan(string name, int most) => Find(name).Dims is [var length] && length > most;

    /// <summary>The values of a constant of type Single, and its dimensions.</summary>
    /// <exception cref="NotSupportedException">The value is computed in the graph, of another type, or in another file.</exception>
    /// <exception cref="InvalidDataException">The number of values is not the product of the dimensions.</exception>
    public (float[] Values, int[] Dimensions) ReadNumbers(string name) => (Find(name).ReadNumbers(), ReadDimensions(name));

    /// <summary>The values of a constant matrix.</summary>
    /// <exception cref="NotSupportedException">The value is computed in the graph, of another type, or in another file.</exception>
    /// <exception cref="InvalidDataException">The matrix has other dimensions.</exception>
    public float[] ReadMatrix(string name, int rows, int columns)
    {
        (float[] values, int[] dimensions) = ReadNumbers(name);
        return dimensions.SequenceEqual([rows, columns])
            ? values
            : throw new InvalidDataException(
                $"The file is damaged: '{name}' is [{string.Join(", ", dimensions)}]; expected [{rows}, {columns}].");
    }

    /// <summary>The values of a constant of integers.</summary>
    /// <exception cref="NotSupportedException">The value is computed in the graph.</exception>
    /// <exception cref="InvalidDataException">The values are not integers, or not as many as the dimensions say.</exception>
    public long[] ReadIntegers(string name) => Find(name).ReadIntegers();

    /// <summary>The index of the node that makes a value, or -1.</summary>
    public int FindMaker(string name) => _makers.GetValueOrDefault(name, -1);

    /// <summary>The input of the graph with a name; null if there is none, or if it has a constant as its default value.</summary>
    public ValueInfoProto? FindInput(string name) => IsConstant(name) ? null : _inputs.GetValueOrDefault(name);

    /// <summary>Whether all elements of a value are known to be zero.</summary>
    public bool IsZero(string name)
    {
        if (_zeros.TryGetValue(name, out bool known))
            return known;
        // The result is stored for each value on the path, so that no node is visited, and no constant read, twice.
        List<string> path = [name];
        // A path longer than the number of nodes is a cycle.
        while (path.Count <= File.Graph.Node.Count && !IsConstant(path[^1]) && FindMaker(path[^1]) is >= 0 and var maker)
        {
            NodeProto node = File.Graph.Node[maker];
            if (!KeepsZeros(node))
                return Remember(path, ConstantNode.IsFilledWithZero(node));
            path.Add(node.Input[0]);
            if (_zeros.TryGetValue(path[^1], out known))
                return Remember(path, known);
        }
        return Remember(path, IsConstant(path[^1]) && Array.TrueForAll(ReadNumbers(path[^1]).Values, value => value == 0));
    }

    private static bool KeepsZeros(NodeProto node) => node.IsStandard() && node is
    {
        OpType: "Expand" or "Identity" or "Tile" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose",
        Input.Count: > 0,
    };

    private bool Remember(List<string> names, bool isZero)
    {
        foreach (string name in names)
            _zeros[name] = isZero;
        return isZero;
    }

    private void AddOutputs(int index, NodeProto node)
    {
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            if (_inputs.ContainsKey(output) || _constants.ContainsKey(output) || !_makers.TryAdd(output, index))
                throw new InvalidDataException($"The file is damaged: two things make '{ShortName.Shorten(output)}'.");
        }
        if (node.Output.Count == 1 && ConstantNode.TryRead(node) is { } tensor)
            _constants[node.Output[0]] = tensor;
    }

    private TensorProto Find(string name) => _constants.GetValueOrDefault(name) ?? throw new NotSupportedException(
        $"Value '{ShortName.Shorten(name)}' is computed in the graph; it must be a constant to be read.");
}
