using System.Globalization;
using Google.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>The attributes of nodes, and the types of inputs and outputs.</summary>
internal sealed partial class GraphBuilder
{
    public static AttributeProto CreateInteger(string name, long value) =>
        new() { Name = name, I = value, Type = (int)AttributeType.Integer };

    public static AttributeProto CreateIntegers(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = (int)AttributeType.Integers };

    public static AttributeProto CreateText(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = (int)AttributeType.Text };

    public static AttributeProto CreateTexts(string name, params IEnumerable<string> values) =>
        new() { Name = name, Strings = { values.Select(ByteString.CopyFromUtf8) }, Type = (int)AttributeType.Texts };

    public static AttributeProto CreateNumber(string name, float value) =>
        new() { Name = name, F = value, Type = (int)AttributeType.Number };

    public static AttributeProto CreateBody(string name, GraphProto value) =>
        new() { Name = name, G = value, Type = (int)AttributeType.Graph };

    /// <summary>The name and the type of an input or output.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The element type.</param>
    /// <param name="dimensions">The size of each axis: a number, or a name where the size is unknown until the graph runs.</param>
    public static ValueInfoProto DescribeValue(string name, OnnxType type, params object[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (object dimension in dimensions)
        {
            shape.Dim.Add(dimension is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new() { DimValue = Convert.ToInt64(dimension, CultureInfo.InvariantCulture) });
        }
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
