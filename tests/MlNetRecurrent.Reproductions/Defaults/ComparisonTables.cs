using System.Globalization;
using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>The results as tables: scores, and times.</summary>
internal static class ComparisonTables
{
    private static readonly string[] _baselines = ["linear", "forest", "neighbor"];

    public static IEnumerable<Table> Of(IReadOnlyCollection<ComparedSet> results, string[] systems)
    {
        Table scores = NewTable("Accuracy or F1 in percent, or root mean squared error: default / tuned", [.. _baselines, .. systems]);
        Table times = NewTable("Seconds of the longest training with nothing set", systems);
        foreach (ComparedSet result in results.OrderBy(result => result.Set.IsUnseen))
        {
            string name = $"{result.Set.Name}{(result.Set.IsUnseen ? " (unseen)" : "")}";
            scores.AddRow(
            [
                name,
                .. _baselines.Select(baseline => result.Text(Find(result.Baselines, baseline))),
                .. systems.Select(system => Score(result, system)),
            ]);
            string Seconds(string system) =>
                result.Systems.GetValueOrDefault(system)?.Seconds.ToString("F1", CultureInfo.InvariantCulture) ?? "";
            times.AddRow([name, .. systems.Select(Seconds)]);
        }
        yield return scores;
        yield return times;
    }

    private static double? Find(Dictionary<string, double> scores, string name) =>
        scores.TryGetValue(name, out double score) ? score : null;

    private static string Score(ComparedSet result, string name) => result.Systems.GetValueOrDefault(name) is { } system
        ? system.Tuned is null ? result.Text(system.Default) : $"{result.Text(system.Default)} / {result.Text(system.Tuned)}"
        : "";

    private static Table NewTable(string title, string[] columns) =>
        new Table { Title = new TableTitle(title) }.AddColumns(["set", .. columns]);
}
