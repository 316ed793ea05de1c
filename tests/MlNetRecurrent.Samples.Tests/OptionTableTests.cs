using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The table of all options in the guide has each option once, with the default of the code.</summary>
public sealed partial class OptionTableTests
{
    private static readonly Type[] _layers =
        [.. typeof(RecurrentLayer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RecurrentLayer)))];

    private static readonly Dictionary<string, string> _documented = Row()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "samples/guide/Defaults.md")).Split("## All options")[1])
        .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Replace("`", "", StringComparison.Ordinal));

    public static TheoryData<string> Options => [.. Defaults().Select(option => option.Name)];

    [Theory, MemberData(nameof(Options))]
    public void An_option_stands_there_with_its_default(string option)
    {
        Assert.True(_documented.TryGetValue(option, out string? documented), $"samples/guide/Defaults.md has no row for {option}.");
        Assert.Equal(Defaults().Single(other => other.Name == option).Value, documented);
    }

    [Fact]
    public void Nothing_else_stands_there() => Assert.Empty(_documented.Keys.Except(Defaults().Select(option => option.Name)));

    private static IEnumerable<(string Name, string Value)> Defaults()
    {
        foreach (PropertyInfo option in Writable(typeof(RecurrentOptions)))
            yield return (option.Name, Write(option, new RecurrentOptions()));
        foreach (PropertyInfo option in Writable(typeof(RecurrentLayer)))
            yield return ($"{nameof(RecurrentLayer)}.{option.Name}", Write(option, new LstmLayer(1)));
        foreach (Type layer in _layers)
        {
            foreach (PropertyInfo option in Writable(layer).Where(option => option.DeclaringType == layer))
                yield return ($"{layer.Name}.{option.Name}", Write(option, Activator.CreateInstance(layer, 1)!));
        }
    }

    private static IEnumerable<PropertyInfo> Writable(Type type) =>
        type.GetProperties().Where(option => option.CanWrite && option.Name != nameof(RecurrentLayer.Size));

    /// <summary>How the table writes a default; "chosen" where the trainer chooses what is not set.</summary>
    private static string Write(PropertyInfo option, object owner)
    {
        object? isSet = owner.GetType().GetProperty($"Has{option.Name}", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(owner);
        return isSet is false ? "chosen" : option.GetValue(owner) switch
        {
            IReadOnlyList<RecurrentLayer> and [LstmLayer { Size: var size }] => $"one LstmLayer({size})",
            Enum { } value when value.ToString() == "Automatic" => "chosen",
            null or ICollection { Count: 0 } => "none",
            IReadOnlyList<string> names => string.Join(", ", names),
            CancellationToken { CanBeCanceled: false } => "none",
            TimeSpan time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            { } other => other.ToString()!,
        };
    }

    [GeneratedRegex(@"^\| `([A-Za-z.]+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
