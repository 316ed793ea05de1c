using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>A Markdown file of the repository.</summary>
internal sealed partial class Document(string path)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>Where it is, from the root of the repository.</summary>
    public string FilePath { get; } = path;

    /// <summary>All of them.</summary>
    public static IEnumerable<Document> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
           where !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults" || (part.StartsWith('.') && part.Length > 1))
           orderby path
           select new Document(path),
    ];

    /// <summary>The fenced blocks, in their order.</summary>
    public IEnumerable<(string Language, string Text)> Blocks =>
        Fence().Matches(_text).Select(block => (block.Groups["language"].Value, Unindented(block.Groups["text"].Value, block.Groups["indentation"].Length)));

    /// <summary>The targets of links and pictures that are files of the repository.</summary>
    public IEnumerable<string> LinkedFiles =>
        Link().Matches(_text).Select(link => link.Groups["target"].Value).Where(target => !target.Contains(':') && !target.StartsWith('#'));

    public override string ToString() => FilePath;

    private static string Unindented(string text, int indentation) =>
        string.Join('\n', text.Split('\n').Select(line => line[Math.Min(indentation, line.Length - line.TrimStart().Length)..])).Trim('\n');

    [GeneratedRegex(@"^(?<indentation> *)```(?<language>[a-z]*)\n(?<text>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
