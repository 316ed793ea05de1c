using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

public sealed class ReadmeTests : IDisposable
{
    private readonly Document _readme = new("README.md");

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Its_programs_are_whole_samples()
    {
        string[] programs = ["QuickStart", "LongTraining", "OnnxRoundTrip"];
        string Source(string name) => File.ReadAllText(Path.Combine(Repository.Root, "samples", name, "Program.cs")).Trim();
        Assert.Equal(programs.Select(Source), Blocks("csharp"));
    }

    [Theory]
    [InlineData("QuickStart", "accuracy ([0-9.]+)", 0.9, 1)]
    [InlineData("LongTraining", "the error is ([0-9.]+) minutes", 0.5, 3)]
    [InlineData("OnnxRoundTrip", "read, and trained on: accuracy ([0-9.]+)", 0.9, 1)]
    public async Task Its_programs_run_and_print_what_it_says(string name, string figure, double least, double most)
    {
        string output = await OtherProgram.Run($"samples/{name}", _folder);
        Match found = Regex.Match(output, figure);
        Assert.True(found.Success, output);
        Assert.InRange(double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture), least, most);
        // Without fused multiply-add the last digits differ.
        if (Fma.IsSupported)
            Assert.Contains(output.Trim(), Blocks("text"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<string> Blocks(string language) =>
        _readme.Blocks.Where(block => block.Language == language).Select(block => block.Text);
}
