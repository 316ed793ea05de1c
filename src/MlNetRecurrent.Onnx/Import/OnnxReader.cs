using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>A file, and its constants by name, of which none is believed before its size was looked at.</summary>
internal sealed class OnnxReader
{
    private const int MostDimensions = 8;

    private readonly Dictionary<string, TensorProto> _constants = [];

    private OnnxReader(ModelProto file)
    {
        File = file;
        foreach (TensorProto tensor in file.Graph.Initializer)
            _constants[tensor.Name] = tensor;
        foreach (NodeProto node in file.Graph.Node.Where(node => node.OpType == "Constant" && node.Output.Count == 1))
        {
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor)
                _constants[node.Output[0]] = tensor;
        }
    }

    public ModelProto File { get; }

    /// <exception cref="InvalidDataException">The stream holds no ONNX file, or a damaged one.</exception>
    public static OnnxReader Of(Stream stream)
    {
        ModelProto file;
        try
        {
            file = ModelProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The file is no ONNX file, or damaged: {e.Message}", e);
        }
        return file.Graph is null || file.Graph.Node.Count == 0 ? throw new InvalidDataException("The file is no ONNX file, or damaged: it has no graph.") : new(file);
    }

    /// <summary>All numbers of the file.</summary>
    public long NumberCount => _constants.Values.Sum(tensor => tensor.RawData.Length / sizeof(float) + (long)tensor.FloatData.Count);

    public bool IsConstant(string name) => _constants.ContainsKey(name);

    /// <summary>A constant of numbers, and its dimensions.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another size than it says.</exception>
    public (float[] Values, int[] Dimensions) Numbers(string name)
    {
        TensorProto tensor = Find(name);
        int count = CountOf(tensor);
        if (tensor.DataLocation != 0)
            throw new NotSupportedException($"Tensor '{name}' is kept in another file. Export the model with its weights in one file.");
        if (tensor.DataType != (int)OnnxType.Single)
            throw new NotSupportedException($"Tensor '{name}' is of type {tensor.DataType}; expected Single ({(int)OnnxType.Single}).");
        float[] values = tensor.RawData.Length > 0 ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];
        if (values.Length != count)
            throw new InvalidDataException($"Tensor '{name}' is damaged: it holds {values.Length} numbers where its dimensions say {count}.");
        if (!Array.TrueForAll(values, float.IsFinite))
            throw new InvalidDataException($"Tensor '{name}' holds a number that is not finite.");
        return (values, [.. tensor.Dims.Select(dimension => (int)dimension)]);
    }

    /// <summary>A constant of integers.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public long[] Integers(string name)
    {
        TensorProto tensor = Find(name);
        if (tensor.DataType == (int)OnnxType.Int64)
            return tensor.RawData.Length > 0 ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray() : [.. tensor.Int64Data];
        if (tensor.DataType == (int)OnnxType.Int32)
            return tensor.RawData.Length > 0 ? Array.ConvertAll(MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray(), value => (long)value) : [.. tensor.Int32Data.Select(value => (long)value)];
        throw new InvalidDataException($"Tensor '{name}' is of type {tensor.DataType}; expected integers.");
    }

    /// <summary>Whether a value is zero throughout: a constant, or made of one in a way that shows.</summary>
    public bool IsZero(string name, int depth = 0)
    {
        if (IsConstant(name))
            return Array.TrueForAll(Numbers(name).Values, value => value == 0);
        NodeProto? node = File.Graph.Node.FirstOrDefault(node => node.Output.Contains(name));
        return node switch
        {
            { OpType: "ConstantOfShape" } => node.Attribute.All(attribute => attribute.T is null || (attribute.T.RawData.Span.IndexOfAnyExcept((byte)0) < 0 && attribute.T.FloatData.All(value => value == 0))),
            { OpType: "Expand" or "Identity" or "Tile" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose", Input.Count: > 0 } => depth < 20 && IsZero(node.Input[0], depth + 1),
            _ => false,
        };
    }

    private TensorProto Find(string name) => _constants.GetValueOrDefault(name) ?? throw new NotSupportedException($"Value '{name}' is computed in the graph; it must be a constant to be read.");

    private static int CountOf(TensorProto tensor)
    {
        long count = 1;
        if (tensor.Dims.Count > MostDimensions)
            throw new InvalidDataException($"Tensor '{tensor.Name}' is damaged: it has {tensor.Dims.Count} dimensions.");
        foreach (long dimension in tensor.Dims)
        {
            count = dimension is >= 0 and <= int.MaxValue ? count * dimension : long.MaxValue;
            if (count > int.MaxValue)
                throw new InvalidDataException($"Tensor '{tensor.Name}' is damaged, or too large to be read.");
        }
        return (int)count;
    }
}
