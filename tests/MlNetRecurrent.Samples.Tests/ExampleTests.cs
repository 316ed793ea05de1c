using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>Each catalog method has an example in its documentation, and each example compiles.</summary>
public sealed class ExampleTests
{
    /// <summary>What the examples may take for granted.</summary>
    private const string Surroundings = """
        using System; using System.IO; using System.Linq; using Microsoft.ML; using Microsoft.ML.Data; using MlNetRecurrent;
        using static Microsoft.ML.DataOperationsCatalog;
        class Row { }
        class Prediction { public float Score { get; set; } }
        static class Example
        {
            static MLContext ml = null!; static IDataView data = null!; static ITransformer model = null!; static Row row = null!;
            static RecurrentTransformer network = null!; static IEstimator<ITransformer> pipeline = null!;
            static void Run()
            {
        """;

    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly Dictionary<string, XElement> _methods =
        new[] { typeof(RecurrentTrainer), typeof(RecurrentModel) }
            .SelectMany(type => XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")).Descendants("member"))
            .Where(member => IsCatalogMethod(member.Attribute("name")!.Value))
            .ToDictionary(member => member.Attribute("name")!.Value);

    public static TheoryData<string> Methods => [.. _methods.Keys];

    [Theory, MemberData(nameof(Methods))]
    public void A_catalog_method_has_one_example_which_compiles(string method)
    {
        string code = Assert.Single(_methods[method].Elements("example")).Element("code")!.Value;
        Assert.Contains(NameOf(method), code, StringComparison.Ordinal);
        var compilation = CSharpCompilation.Create(
            "Example", [CSharpSyntaxTree.ParseText($"{Surroundings}{code}}}}}", cancellationToken: TestContext.Current.CancellationToken)],
            _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private static bool IsCatalogMethod(string name) =>
        name.StartsWith("M:Microsoft.ML.", StringComparison.Ordinal)
        || name.StartsWith($"M:{typeof(RecurrentModel).FullName}.", StringComparison.Ordinal);

    private static string NameOf(string method) => method.Split('(')[0].Split('.')[^1].Split('`')[0];
}
