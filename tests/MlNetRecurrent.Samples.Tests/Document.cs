using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>A Markdown file of the repository.</summary>
internal sealed class Document(string path)
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly MarkdownDocument _markdown = Markdown.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)), _pipeline);

    /// <summary>Where it is, from the root of the repository.</summary>
    public string FilePath { get; } = path;

    /// <summary>All of them.</summary>
    public static IEnumerable<Document> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
           where !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults" || part.StartsWith('.'))
           orderby path
           select new Document(path),
    ];

    /// <summary>The fenced blocks, in their order.</summary>
    public IEnumerable<(string Language, string Text)> Blocks =>
        _markdown.Descendants<FencedCodeBlock>().Select(block => (block.Info ?? "", block.Lines.ToString().Trim('\n')));

    /// <summary>The targets of links and pictures that are files of the repository.</summary>
    public IEnumerable<string> LinkedFiles =>
        _markdown.Descendants<LinkInline>().Select(link => link.Url ?? "")
            .Where(target => !target.Contains(':') && !target.StartsWith('#'));

    /// <summary>The names of the headings in links, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors =>
        from line in File.ReadLines(Path.Combine(Repository.Root, FilePath))
        where line.StartsWith('#')
        select string.Concat(
            line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')
                .Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_'));

    public override string ToString() => FilePath;
}
