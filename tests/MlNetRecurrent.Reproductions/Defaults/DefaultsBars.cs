using System.Globalization;
using MlNetRecurrent.Reproductions.Running;
using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>What the defaults have to reach.</summary>
internal static class DefaultsBars
{
    /// <summary>Points, or percent of an error, that the default of a trainer may be behind the tuning on three sets of four.</summary>
    private static readonly Dictionary<string, double> _usual = new()
    {
        ["Lstm"] = 2,
        ["Gru"] = 2,
        ["DeepRnn"] = 2,
        ["PyramidalRnn"] = 2,
        ["ElmanRnn"] = 4,
        ["StackRnn"] = 4,
    };

    /// <summary>What is allowed more for the error of a regression.</summary>
    private const double MoreForErrors = 1;

    /// <summary>What the trainers of the first kind may be behind at most.</summary>
    private const double Most = 6;

    /// <returns>Whether all are reached.</returns>
    public static bool Write(IReadOnlyCollection<ComparedSet> results)
    {
        List<Figure> figures = [];
        foreach ((string name, double points) in _usual)
        {
            (ComparedSet Set, double Behind)[] unseen =
            [
                .. results.Where(result => result.Set.IsUnseen && result.Systems.GetValueOrDefault(name)?.Tuned is not null)
                    .Select(result => (result, result.Behind(result.Systems[name].Default, result.Systems[name].Tuned!.Value))),
            ];
            if (unseen.Length == 0)
                continue;
            double near = unseen.Average(one => one.Behind <= points + (one.Set.Set.MoreIsBetter ? 0 : MoreForErrors) ? 1.0 : 0);
            (ComparedSet Set, double Behind) worst = unseen.MaxBy(one => one.Behind);
            figures.Add(new($"{name}: sets near the tuning", near, "0%") { Bar = Bar.AtLeast(0.75), How = $"{unseen.Length} unseen sets" });
            Figure most = new($"{name}: most behind", worst.Behind, "F1") { How = worst.Set.Set.Name };
            figures.Add(points < 4 ? most with { Bar = Bar.Below(Most) } : most);
        }
        figures.AddRange(AgainstLinear(results));
        AnsiConsole.Write(ResultTable.Of(figures, "Bars"));
        return figures.All(figure => figure.Bar?.IsReachedBy(figure.Value) ?? true);
    }

    private static IEnumerable<Figure> AgainstLinear(IEnumerable<ComparedSet> results)
    {
        ComparedSet[] compared =
        [
            .. results.Where(result => result.Baselines.ContainsKey("linear") && result.Systems.Keys.Any(name => name is "Gru" or "Lstm")),
        ];
        if (compared.Length == 0)
            yield break;
        string[] behind = [.. compared.Where(result => result.Systems.Where(system => system.Key is "Gru" or "Lstm")
            .All(system => result.Behind(system.Value.Default, result.Baselines["linear"]) > 0)).Select(result => result.Set.Name)];
        string exceptions = behind.Length > 0 ? $"; not on {string.Join(", ", behind)}" : "";
        yield return new("Gru or Lstm at or above the linear model", 1 - (double)behind.Length / compared.Length, "0%")
        {
            Bar = Bar.AtLeast(0.8),
            How = string.Create(CultureInfo.InvariantCulture, $"{compared.Length} sets{exceptions}"),
        };
    }
}
