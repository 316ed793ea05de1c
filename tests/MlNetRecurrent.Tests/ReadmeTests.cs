using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace MlNetRecurrent.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Its_program_is_the_one_that_is_compiled()
    {
        string program = File.ReadAllText(Path.Combine(Repository.Root, "samples", "QuickStart", "Program.cs"));
        Assert.Equal([program.Trim()], Blocks("csharp"));
    }

    [Fact]
    public async Task Its_program_runs_and_prints_what_it_says()
    {
        string output = await OtherProgram.Run("samples/QuickStart", _folder);
        Match accuracy = Accuracy().Match(output);
        Assert.True(accuracy.Success, output);
        Assert.InRange(double.Parse(accuracy.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 0.9, 1);
        // Without fused multiply-add the last digits differ.
        if (Fma.IsSupported)
            Assert.Contains(Blocks("text"), block => block == output.Trim());
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

    [GeneratedRegex("accuracy ([0-9.]+), log-loss [0-9.]+")]
    private static partial Regex Accuracy();

    [GeneratedRegex("--project ([^ \n`]+)")]
    private static partial Regex ProjectArgument();

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
