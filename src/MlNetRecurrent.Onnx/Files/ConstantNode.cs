namespace MlNetRecurrent.Onnx.Files;

/// <summary>Nodes whose output is a constant.</summary>
internal static class ConstantNode
{
    /// <summary>Reads the tensor of a Constant node; null for other nodes, and for values of a kind that is not read.</summary>
    public static TensorProto? TryRead(NodeProto node)
    {
        if (node.OpType != "Constant" || !node.IsStandard() || node.Attribute.Count != 1)
            return null;
        AttributeProto value = node.Attribute[0];
        return (value.Name, (AttributeType)value.Type) switch
        {
            ("value", AttributeType.Tensor) => value.T,
            ("value_int", AttributeType.Integer) => new() { DataType = (int)OnnxType.Int64, Int64Data = { value.I } },
            ("value_ints", AttributeType.Integers) =>
                new() { DataType = (int)OnnxType.Int64, Dims = { value.Ints.Count }, Int64Data = { value.Ints } },
            ("value_float", AttributeType.Number) => new() { DataType = (int)OnnxType.Single, FloatData = { value.F } },
            ("value_floats", AttributeType.Numbers) =>
                new() { DataType = (int)OnnxType.Single, Dims = { value.Floats.Count }, FloatData = { value.Floats } },
            _ => null,
        };
    }

    /// <summary>Whether the output of a node is a tensor of zeros.</summary>
    public static bool IsFilledWithZero(NodeProto node) =>
        node.OpType == "ConstantOfShape" && node.IsStandard() && node.Attribute.All(IsZero);

    private static bool IsZero(AttributeProto attribute) => attribute is { Name: "value", T: { } value }
        && value.DataType == (int)OnnxType.Single && value.ReadNumbers() is [0f];
}
