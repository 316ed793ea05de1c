using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace MlNetRecurrent.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Its_programs_are_those_that_are_compiled()
    {
        string[] programs = ["QuickStart", "LongTraining", "OnnxRoundTrip"];
        Assert.Equal(programs.Select(name => File.ReadAllText(Path.Combine(Repository.Root, "samples", name, "Program.cs")).Trim()), Blocks("csharp"));
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

    [Fact]
    public void Its_commands_name_projects_that_exist()
    {
        foreach (Match match in ProjectArgument().Matches(_readme))
            Assert.True(Directory.Exists(Path.Combine(Repository.Root, match.Groups[1].Value)), match.Value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(_readme).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value.Trim());

    [GeneratedRegex("--project ([^ \n`]+)")]
    private static partial Regex ProjectArgument();

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
