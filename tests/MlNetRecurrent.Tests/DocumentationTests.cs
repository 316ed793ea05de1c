using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Namotion.Reflection;

namespace MlNetRecurrent.Tests;

public sealed partial class DocumentationTests
{
    private static readonly Type[] _types = typeof(RecurrentTrainer).Assembly.GetExportedTypes();

    public static TheoryData<Type> Settings =>
    [
        .. _types.Where(type => !type.IsAbstract
            && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.IsAssignableTo(typeof(RecurrentLayer)))),
    ];

    public static TheoryData<Type> Catalogs => [.. _types.Where(type => type is { IsAbstract: true, IsSealed: true })];

    [Theory, MemberData(nameof(Settings))]
    public void The_default_that_a_property_tells_is_that_of_a_new_object(Type type)
    {
        bool isLayer = type.IsAssignableTo(typeof(RecurrentLayer));
        object settings = isLayer ? Activator.CreateInstance(type, 1)! : Activator.CreateInstance(type)!;
        IEnumerable<PropertyInfo> options = type.GetProperties().Where(property => property.CanWrite);
        foreach (PropertyInfo property in options.Where(property => property.Name != nameof(RecurrentLayer.Size)))
        {
            string documented = DefaultIn(property.GetXmlDocsSummary(), $"{type.Name}.{property.Name}");
            Assert.Equal((property.Name, Written(property.GetValue(settings), documented)), (property.Name, documented));
        }
    }

    [Theory, MemberData(nameof(Catalogs))]
    public void The_default_that_a_parameter_tells_is_that_of_the_method(Type catalog)
    {
        foreach (MethodInfo method in PublicMethods(catalog))
        {
            foreach (ParameterInfo parameter in method.GetParameters().Where(parameter => parameter.HasDefaultValue))
            {
                string name = $"{method.Name}.{parameter.Name}", documented = DefaultIn(ExpandedDocumentation.Read(parameter), name);
                object? value = parameter.ParameterType.IsEnum
                    ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!)
                    : parameter.DefaultValue;
                Assert.Equal((name, Written(value, documented)), (name, documented));
            }
        }
    }

    [Theory, MemberData(nameof(Catalogs))]
    public void Every_parameter_of_a_catalog_is_explained(Type catalog) =>
        Assert.All(
            PublicMethods(catalog).SelectMany(method => method.GetParameters()),
            parameter => Assert.True(ExpandedDocumentation.Read(parameter).Length > 5, $"{parameter.Member.Name}: {parameter.Name}"));

    [Theory, MemberData(nameof(Catalogs))]
    public void Every_method_of_a_catalog_has_a_table_of_what_it_takes_and_gives(Type catalog) =>
        Assert.All(PublicMethods(catalog).Where(MakesEstimator), method => Assert.True(HasTable(method), method.Name));

    [Fact]
    public void A_parameter_inherits_the_text_of_the_one_that_its_path_selects()
    {
        MethodInfo stack = typeof(Microsoft.ML.RecurrentBinaryCatalog).GetMethod("StackRnn")!;
        string text = ExpandedDocumentation.Read(stack.GetParameters().Single(parameter => parameter.Name == "batchSize"));
        Assert.StartsWith("The number of sequences per batch.", text);
        Assert.NotNull(ExpandedDocumentation.Read(stack)!.Element("returns"));
        Assert.Equal(2, ExpandedDocumentation.Read(stack)!.Elements("exception").Count());
    }

    [Fact]
    public void The_check_sees_a_default_that_is_not_the_one_of_the_code()
    {
        Assert.Equal("21", DefaultIn("How often. At least 1. Default: 21, all of them.", "NumberOfEpochs"));
        Assert.NotEqual("21", Written(20, "21"));
        Assert.ThrowsAny<Exception>(() => DefaultIn("How often. At least 1.", "NumberOfEpochs"));
    }

    private static IEnumerable<MethodInfo> PublicMethods(Type catalog) =>
        catalog.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsGenericMethodDefinition); // Namotion.Reflection does not find the documentation of generic methods.

    private static bool MakesEstimator(MethodInfo method) =>
        method.ReturnType.GetInterfaces().Append(method.ReturnType)
            .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Microsoft.ML.IEstimator<>));

    private static bool HasTable(MethodInfo method) =>
        ExpandedDocumentation.Read(method)?.Element("remarks")?.Value.Contains("characteristics", StringComparison.Ordinal) == true;

    /// <summary>What stands after "Default:", up to a comma, a semicolon or the end of the sentence.</summary>
    private static string DefaultIn(string documentation, string name)
    {
        Match match = DefaultSentence().Match(documentation);
        Assert.True(match.Success, $"{name} does not tell its default: {documentation}");
        return match.Groups[1].Value;
    }

    /// <summary>How documentation writes a value.</summary>
    private static string Written(object? value, string documented) => value switch
    {
        // What has no short form in words is compared here.
        IReadOnlyList<RecurrentLayer> layers => layers is [LstmLayer { Size: 64, Bidirectional: false, TimeReduction: 1 } layer]
            ? "one LstmLayer of 64 units"
                + (layer.Dropout > 0 ? FormattableString.Invariant($" with a dropout of {layer.Dropout}") : "")
            : $"{layers.Count} layers",
        System.Collections.ICollection { Count: 0 } => "none",
        IReadOnlyList<string> names => string.Join(" and ", names),
        "" => "empty",
        CancellationToken token => token == CancellationToken.None ? "none" : "a token",
        TimeSpan time => time == TimeSpan.Zero ? "zero" : $"{time}",
        null => "null",
        bool truth => truth ? "true" : "false",
        // A number as decimal text, read anew so that 1e-3f and 0.001 are the same.
        float number => float.TryParse(documented, CultureInfo.InvariantCulture, out float told) && told == number
            ? documented
            : number.ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    [GeneratedRegex(@"Default:\s+(.+?)(?:[,;]|\.(?:\s|$))")]
    private static partial Regex DefaultSentence();
}
