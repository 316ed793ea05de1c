using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The messages that the guide explains are those of the source.</summary>
public sealed partial class GuideMessageTests
{
    /// <summary>All source text, with the pieces of messages that stand on several lines put together.</summary>
    private static readonly string _source = Joint().Replace(
        string.Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)),
        "");

    /// <summary>What a message has in the place of values; <c>OptionCheck</c> puts the name of an option before the second.</summary>
    private static readonly string[] _variable = ["…", " must be "];

    public static TheoryData<string> Pages =>
        [.. Document.All.Select(page => page.FilePath).Where(path => path.StartsWith("samples/guide/", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Pages))]
    public void Each_piece_of_a_message_is_in_the_source(string page)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page));
        IEnumerable<string> pieces =
            from table in Table().Matches(text)
            from message in Message().Matches(table.Value)
            from piece in message.Groups[1].Value.Split(_variable, StringSplitOptions.None)
            where piece.Trim().Length > 3
            select piece.Trim();
        Assert.All(pieces, piece => Assert.Contains(piece, _source, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_kind_of_warning_is_explained()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "samples/guide/Troubleshooting.md"));
        Assert.Equal(Enum.GetNames<RecurrentWarning>().Order(), Kind().Matches(text).Select(kind => kind.Groups[1].Value).Order());
    }

    /// <summary>The rows of a table whose first column is headed so.</summary>
    [GeneratedRegex(@"(?<=^\| message[^|]*\|[^\n]*\n\|[-|]+\|\n)(\|[^\n]*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Message();

    /// <summary>The rows of the table of warnings, which stands at the end.</summary>
    [GeneratedRegex(@"(?<=\| kind \|.*)^\| `(\w+)`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Kind();

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Joint();
}
