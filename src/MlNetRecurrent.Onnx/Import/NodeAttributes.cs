using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The attributes of a node by name.</summary>
internal static class NodeAttributes
{
    public static AttributeProto? Attribute(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    public static long Integer(this NodeProto node, string name, long otherwise) => node.Attribute(name)?.I ?? otherwise;

    public static string Text(this NodeProto node, string name, string otherwise) => node.Attribute(name)?.S.ToStringUtf8() ?? otherwise;
}
