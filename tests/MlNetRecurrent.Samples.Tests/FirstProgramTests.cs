using System.Text.RegularExpressions;
using MlNetRecurrent.Samples.Tests.Guide;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>
/// The first program of a new user is short. <see cref="GuideTests"/> runs it, and <c>tests/one-file.sh</c> from the packages.
/// </summary>
public sealed partial class FirstProgramTests
{
    private const int MostLines = 15;

    [Fact]
    public void It_has_at_most_fifteen_lines() => Assert.InRange(FirstProgram.Text.TrimEnd().Split('\n').Length, 1, MostLines);

    [Fact]
    public void It_trains_saves_loads_and_shows_progress_and_summary_without_an_option_object()
    {
        Assert.Equal(
            ["Fit", "LoadRecurrent", "Save", "Summary", "new ConsoleProgress"],
            Step().Matches(FirstProgram.Text).Select(step => step.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Options", FirstProgram.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_exactly_this_program() =>
        Assert.Contains(("csharp", FirstProgram.Text.Trim()), new Document("samples/guide/Train.md").Blocks);

    [GeneratedRegex("new ConsoleProgress|(?<=\\.)(?:Fit|Save|LoadRecurrent|Summary)(?=\\()")]
    private static partial Regex Step();
}
