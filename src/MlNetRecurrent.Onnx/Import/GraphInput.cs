using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>An input of a graph, as its type describes it.</summary>
internal static class GraphInput
{
    public static GraphValue Read(ValueInfoProto input)
    {
        var type = (OnnxType)(input.Type?.TensorType?.ElemType ?? 0);
        IList<TensorShapeProto.Types.Dimension>? shape = input.Type?.TensorType?.Shape?.Dim;
        return shape?.Count switch
        {
            3 when type == OnnxType.Single => new DataValue(DataKind.Features, type, [First(shape[0]), Second(shape[1]), new(AxisKind.Features, Size(shape[2], new(1, Features: 1)))]),
            2 when MoveNodes.LargestToken(type) is { } largest => new DataValue(DataKind.Tokens, type, [First(shape[0]), Second(shape[1])]) { LargestToken = largest },
            _ => new UnreadInput($"input '{ShortName.Shorten(input.Name)}', which is {Describe(type, shape)}; expected {OnnxType.Single} [batch, time, features], or integers [batch, time]", IsDamaged: type == 0),
        };
    }

    private static string Describe(OnnxType type, IList<TensorShapeProto.Types.Dimension>? shape) =>
        type == 0 ? "of no type" : shape is null ? $"{type} of no shape" : $"{type} with {shape.Count} axes";

    private static Axis First(TensorShapeProto.Types.Dimension dimension) => new(AxisKind.First, Size(dimension, new(1, First: 1)));

    private static Axis Second(TensorShapeProto.Types.Dimension dimension) => new(AxisKind.Second, Size(dimension, new(1, Second: 1)));

    private static Extent Size(TensorShapeProto.Types.Dimension dimension, Extent symbol) => dimension.DimValue > 0 && dimension.DimParam.Length == 0 ? new(dimension.DimValue) : symbol;
}
