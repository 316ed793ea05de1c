using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

public sealed partial class DocumentTests
{
    private const string GuideFolder = "tests/MlNetRecurrent.Samples.Tests/Guide";

    /// <summary>By path, all documents.</summary>
    public static TheoryData<string> Documents => [.. Document.All.Select(document => document.FilePath)];

    public static TheoryData<string> Samples =>
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "Program.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(),
        ];

    [Theory, MemberData(nameof(Documents))]
    public void Every_code_block_is_compiled(string path)
    {
        // The cells of the tour are compiled where they are run.
        if (path == "samples/Tour.md")
            return;
        // What a sample says of itself stands in its own files.
        string[] parts = path.Split('/');
        string folder = parts is ["samples", var sample, "README.md"] ? Path.Combine("samples", sample) : "samples";
        IEnumerable<string> files = SourcesUnder(folder);
        // The code of the guide that is not of a sample stands among these tests, which run it, or is a program that users write.
        if (parts is ["samples", "guide", ..])
            files = files.Concat(SourcesUnder(GuideFolder)).Concat(SourcesUnder("tests/Consumer"));
        string[] sources = [.. files.Select(file => Trimmed(File.ReadAllText(file)))];
        foreach ((_, string code) in new Document(path).Blocks.Where(block => block.Language == "csharp"))
        {
            bool isFound = Array.Exists(sources, source => source.Contains(Trimmed(code), StringComparison.Ordinal));
            Assert.True(isFound, $"{path} has code that stands in no file of {folder}:\n{code}");
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_file_that_is_linked_exists(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (string target in new Document(path).LinkedFiles)
        {
            string[] parts = target.Split('#');
            string file = Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, folder, parts[0]));
            Assert.True(Path.Exists(Path.Combine(Repository.Root, file)), $"{path} links to {target}");
            if (parts.Length > 1)
                Assert.Contains(parts[1], new Document(file).Anchors);
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_project_that_a_command_names_exists(string path)
    {
        foreach (Match match in ProjectArgument().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))))
            Assert.True(Directory.Exists(Path.Combine(Repository.Root, match.Groups[1].Value)), match.Value);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_sample_has_a_README_that_begins_with_its_command_and_shows_what_it_prints(string sample)
    {
        (string Language, string Text)[] blocks = [.. new Document($"samples/{sample}/README.md").Blocks];
        Assert.Equal(("sh", $"dotnet run -c Release --project samples/{sample}"), blocks[0]);
        Assert.Contains(blocks, block => block.Language == "text");
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_sample_is_in_the_index_and_in_the_solution(string sample)
    {
        Assert.Contains(sample, new Document("samples/README.md").LinkedFiles);
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "MlNetRecurrent.sln"));
        Assert.Contains($"\\{sample}.csproj\"", solution, StringComparison.Ordinal);
    }

    private static IEnumerable<string> SourcesUnder(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Where(file =>
            !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>The lines without indentation.</summary>
    private static string Trimmed(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("--project ([^ \n`]+)")]
    private static partial Regex ProjectArgument();
}
