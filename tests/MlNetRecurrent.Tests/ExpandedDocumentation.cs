using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using System.Xml.XPath;
using Namotion.Reflection;

namespace MlNetRecurrent.Tests;

/// <summary>The documentation of methods with each <c>inheritdoc</c> replaced by the nodes that it selects, as an IDE shows it.</summary>
internal static class ExpandedDocumentation
{
    private static readonly Dictionary<string, XElement> _members =
        XDocument.Load(Path.ChangeExtension(typeof(RecurrentTrainer).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static XElement? Read(MethodInfo method) => method.GetXmlDocsElement() is { } member ? Expand(member) : null;

    public static string Read(ParameterInfo parameter) => Read((MethodInfo)parameter.Member)!.Elements("param")
        .Single(param => param.Attribute("name")!.Value == parameter.Name).ToXmlDocsContent();

    public static XElement Expand(XElement member)
    {
        var expanded = new XElement(member);
        foreach (XElement inherited in expanded.Descendants("inheritdoc").ToList())
        {
            XElement source = Expand(_members[inherited.Attribute("cref")!.Value]);
            XNode[] nodes = [.. ((IEnumerable)source.XPathEvaluate($".{inherited.Attribute("path")!.Value}")).Cast<XNode>()];
            Assert.NotEmpty(nodes);
            inherited.ReplaceWith(nodes);
        }
        return expanded;
    }
}
