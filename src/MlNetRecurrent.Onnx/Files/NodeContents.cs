namespace MlNetRecurrent.Onnx.Files;

/// <summary>The domain, the inputs and the attributes of a node.</summary>
internal static class NodeContents
{
    /// <summary>Whether a domain is that of ONNX's standard operators.</summary>
    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    public static bool IsStandard(this NodeProto node) => IsStandard(node.Domain);

    public static bool HasInput(this NodeProto node, int input) => node.Input.Count > input && node.Input[input].Length > 0;

    public static AttributeProto? FindAttribute(this NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    public static long ReadInteger(this NodeProto node, string name, long otherwise) => node.FindAttribute(name)?.I ?? otherwise;

    public static string ReadText(this NodeProto node, string name, string otherwise) =>
        node.FindAttribute(name)?.S.ToStringUtf8() ?? otherwise;

    public static IEnumerable<string> ReadTexts(this NodeProto node, string name) =>
        node.FindAttribute(name)?.Strings.Select(text => text.ToStringUtf8()) ?? [];

    /// <summary>Describes the node for messages, by its operator and its name or first output.</summary>
    public static string Describe(this NodeProto node)
    {
        string name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
        return $"{ShortName.Shorten(node.OpType)} '{ShortName.Shorten(name)}'";
    }
}
