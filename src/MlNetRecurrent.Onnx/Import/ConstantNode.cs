using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Nodes that make constants.</summary>
internal static class ConstantNode
{
    /// <summary>The tensor of a node; null where it is none, or of a kind that is not read.</summary>
    public static TensorProto? TryRead(NodeProto node)
    {
        if (node.OpType != "Constant" || !GraphNode.IsStandard(node) || node.Attribute.Count != 1)
            return null;
        AttributeProto value = node.Attribute[0];
        return (value.Name, value.Type) switch
        {
            ("value", 4) => value.T,
            ("value_int", 2) => new() { DataType = (int)OnnxType.Int64, Int64Data = { value.I } },
            ("value_ints", 7) => new() { DataType = (int)OnnxType.Int64, Dims = { value.Ints.Count }, Int64Data = { value.Ints } },
            ("value_float", 1) => new() { DataType = (int)OnnxType.Single, FloatData = { value.F } },
            ("value_floats", 6) => new() { DataType = (int)OnnxType.Single, Dims = { value.Floats.Count }, FloatData = { value.Floats } },
            _ => null,
        };
    }

    /// <summary>Whether a node makes zeros of a shape.</summary>
    public static bool IsFilledWithZero(NodeProto node) => node.OpType == "ConstantOfShape" && GraphNode.IsStandard(node)
        && node.Attribute.All(attribute => attribute is { Name: "value", T: { } value } && value.DataType == (int)OnnxType.Single && value.ReadNumbers() is [0f]);
}
