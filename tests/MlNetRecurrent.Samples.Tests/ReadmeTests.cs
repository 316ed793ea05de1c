using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private const int MostBytes = 9 * 1024, MostLinesOfCode = 35;

    private readonly Document _readme = new("README.md");

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void It_is_short()
    {
        Assert.InRange(new FileInfo(Path.Combine(Repository.Root, "README.md")).Length, 1, MostBytes);
        Assert.InRange(Blocks(_readme, "csharp").Sum(block => block.Split('\n').Length), 1, MostLinesOfCode);
    }

    [Fact]
    public void Its_program_is_that_of_the_quick_start()
    {
        string program = File.ReadAllText(Path.Combine(Repository.Root, "samples/QuickStart/Program.cs"));
        Assert.StartsWith(Blocks(_readme, "csharp").First(), program, StringComparison.Ordinal);
        Assert.Equal(Blocks(_readme, "text"), Blocks(new Document("samples/QuickStart/README.md"), "text"));
    }

    [Theory]
    [InlineData("QuickStart", "accuracy ([0-9.]+)", 0.9, 1)]
    [InlineData("EnergyForecast", "LSTM +│ ([0-9.]+)%", 3, 6.2)]
    [InlineData("LongTraining", "the error is ([0-9.]+) minutes", 0.5, 3)]
    [InlineData("OnnxRoundTrip", "read, and trained on: accuracy ([0-9.]+)", 0.9, 1)]
    public async Task Samples_print_what_their_READMEs_show(string name, string figure, double least, double most)
    {
        string output = await OtherProgram.Run($"samples/{name}", _folder);
        Match found = Regex.Match(output, figure);
        Assert.True(found.Success, output);
        Assert.InRange(double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture), least, most);
        // Without fused multiply-add the last digits differ.
        if (Fma.IsSupported)
            Assert.Contains(output.Trim(), Blocks(new Document($"samples/{name}/README.md"), "text"));
    }

    /// <summary>A row that names a sample's command repeats figures of what the sample prints.</summary>
    [Fact]
    public void Its_results_of_samples_are_those_that_the_samples_show()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Match[] rows = [.. SampleRow().Matches(text).Cast<Match>()];
        Assert.NotEmpty(rows);
        foreach (Match row in rows)
        {
            string printed = string.Concat(Blocks(new Document($"{row.Groups[2].Value}/README.md"), "text"));
            IEnumerable<string> figures = Figure().Matches(row.Groups[1].Value).Select(figure => figure.Value);
            Assert.All(figures, figure => Assert.Contains(figure, printed, StringComparison.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Blocks(Document document, string language) =>
        document.Blocks.Where(block => block.Language == language).Select(block => block.Text);

    /// <summary>The figures are between the name of the data and the command.</summary>
    [GeneratedRegex(@"^\|[^|\n]*\|([^\n]*)\| `dotnet run -c Release --project (samples/\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex SampleRow();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Figure();
}
