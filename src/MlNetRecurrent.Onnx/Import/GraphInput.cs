using Dimension = MlNetRecurrent.Onnx.Protobuf.TensorShapeProto.Types.Dimension;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Reads an input of a graph by its type.</summary>
internal static class GraphInput
{
    public static GraphValue Read(ValueInfoProto input)
    {
        var type = (OnnxType)(input.Type?.TensorType?.ElemType ?? 0);
        IList<Dimension>? shape = input.Type?.TensorType?.Shape?.Dim;
        if (type == OnnxType.Single && shape?.Count == 3)
        {
            var features = new Axis(AxisKind.Features, ReadSize(shape[2], new(1, Features: 1)));
            return new DataValue(DataKind.Features, type, [.. ReadOuterAxes(shape), features]);
        }
        if (LayoutNodes.FindLargestToken(type) is { } largest && shape?.Count == 2)
            return new DataValue(DataKind.Tokens, type, ReadOuterAxes(shape)) { LargestToken = largest };
        string found = $"input '{ShortName.Shorten(input.Name)}', which is {Describe(type, shape)}";
        string expected = $"expected {OnnxType.Single} [batch, time, features], or integers [batch, time]";
        return new UnreadInput($"{found}; {expected}", IsDamaged: type == 0);
    }

    private static string Describe(OnnxType type, IList<Dimension>? shape) =>
        type == 0 ? "of no type" : shape is null ? $"{type} of no shape" : $"{type} with {shape.Count} axes";

    private static Axis[] ReadOuterAxes(IList<Dimension> shape) =>
    [
        new(AxisKind.First, ReadSize(shape[0], new(1, First: 1))),
        new(AxisKind.Second, ReadSize(shape[1], new(1, Second: 1))),
    ];

    private static Extent ReadSize(Dimension dimension, Extent symbol) =>
        dimension.DimValue > 0 && dimension.DimParam.Length == 0 ? new(dimension.DimValue) : symbol;
}
