using System.Globalization;
using MlNetRecurrent.Reproductions.Running;
using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>Trains every trainer with nothing set, beside methods that a user has already, and beside the best of a small tuning.</summary>
/// <param name="data">The data sets.</param>
/// <param name="seeds">The number of trainings of each kind.</param>
/// <param name="isWanted">Says which sets to take.</param>
/// <param name="tunes">Whether the tuning is done.</param>
internal sealed class DefaultsComparison(DataFolder data, int seeds, Func<SuiteSet, bool> isWanted, bool tunes)
{
    private static readonly (string Name, RecurrentLayer[] Layers)[] _systems =
    [
        ("ElmanRnn", [new ElmanLayer(64)]),
        ("Lstm", [new LstmLayer(64)]),
        ("Gru", [new GruLayer(64)]),
        ("StackRnn", [new StackLayer(64)]),
        ("DeepRnn", [new GruLayer(64), new GruLayer(64)]),
        ("PyramidalRnn", [BothWays(1), BothWays(2), BothWays(2)]),
    ];

    /// <param name="systems">The trainers to take; empty for all.</param>
    /// <returns>Whether all bars are reached that can be told from the sets that were not used to choose the defaults.</returns>
    public bool Run(IReadOnlyCollection<string> systems)
    {
        SuiteSet[] sets = [.. Suite.Of(data).Where(isWanted)];
        (string Name, RecurrentLayer[] Layers)[] chosen =
            [.. _systems.Where(system => systems.Count == 0 || systems.Contains(system.Name))];
        List<ComparedSet> results = [];
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new RemainingTimeColumn())
            .Start(console =>
            {
                int rounds = sets.Sum(set => 1 + chosen.Length * (seeds + (tunes ? seeds + Tuning.CountFor(set) : 0)));
                ProgressTask bar = console.AddTask("defaults", maxValue: rounds);
                foreach (SuiteSet set in sets)
                {
                    ComparedSet result = Compare(set, chosen, bar);
                    results.Add(result);
                    // A run takes long, and what is done should be seen, also where the output is a file.
                    foreach (string line in result.Lines())
                        Console.Error.WriteLine(line);
                }
            });
        foreach (Table table in ComparisonTables.Of(results, [.. chosen.Select(system => system.Name)]))
            AnsiConsole.Write(table);
        return DefaultsBars.Write(results);
    }

    private static LstmLayer BothWays(int joined) => new(64) { Bidirectional = true, TimeReduction = joined };

    private ComparedSet Compare(SuiteSet set, (string Name, RecurrentLayer[] Layers)[] systems, ProgressTask bar)
    {
        Contest[] contests = [.. Enumerable.Range(1, seeds).Select(seed => new Contest(set, set.Split(seed)))];
        bar.Description = set.Name;
        var result = new ComparedSet(set);
        IEnumerable<(string Name, Outcome Outcome)> baselines = contests.SelectMany(Baselines.Score);
        foreach (IGrouping<string, (string Name, Outcome Outcome)> baseline in baselines.GroupBy(score => score.Name))
            result.Baselines[baseline.Key] = baseline.Average(score => score.Outcome.Score);
        bar.Increment(1);
        bool IsFit(string system) => set.Task != SuiteTask.Tagging || system != "PyramidalRnn";
        foreach ((string name, RecurrentLayer[] layers) in systems.Where(system => IsFit(system.Name)))
        {
            bar.Description = $"{set.Name}, {name}";
            Outcome[] byDefault = [.. contests.Select((contest, i) => Train(contest, new() { Layers = layers, Seed = i + 1 }))];
            Setting? setting = null;
            double? tuned = null;
            if (tunes)
            {
                setting = Tuning.Choose(set, contests[0].Split, layers, byDefault[0].Training!.Epochs, () => bar.Increment(1));
                tuned = contests.Select((contest, i) => Train(contest, setting.Options(layers, i + 1)).Score).Average();
            }
            result.Systems[name] = new(
                byDefault.Average(one => one.Score), tuned,
                byDefault.Average(one => one.LogLoss), byDefault.Max(one => one.Seconds), setting);
        }
        return result;

        Outcome Train(Contest contest, RecurrentOptions options)
        {
            Outcome outcome = contest.Score(options);
            bar.Increment(1);
            return outcome;
        }
    }
}

/// <summary>What came out for a set.</summary>
internal sealed record ComparedSet(SuiteSet Set)
{
    public Dictionary<string, double> Baselines { get; } = [];

    public Dictionary<string, ComparedSystem> Systems { get; } = [];

    /// <summary>How far a score is behind another, in points, or in percent of the error of a regression.</summary>
    public double Behind(double score, double other) => Set.MoreIsBetter ? 100 * (other - score) : 100 * (score - other) / other;

    /// <summary>A score as a table has it.</summary>
    public string Text(double? score)
    {
        if (score is not { } value)
            return "";
        return Set.MoreIsBetter
            ? (100 * value).ToString("F1", CultureInfo.InvariantCulture)
            : value.ToString("G4", CultureInfo.InvariantCulture);
    }

    public IEnumerable<string> Lines()
    {
        string baselines = string.Join(", ", Baselines.Select(pair => $"{pair.Key} {Text(pair.Value)}"));
        yield return $"{Set.Name}{(Set.IsUnseen ? " (unseen)" : "")}: {baselines}";
        foreach ((string name, ComparedSystem system) in Systems)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {name}: {Text(system.Default)} in {system.Seconds:F1} s, {system.Bits:F2} bits; "
                + $"tuned {Text(system.Tuned)} ({system.Setting})");
        }
    }
}

/// <summary>What came out for a trainer on a set.</summary>
/// <param name="Default">The mean score with nothing set.</param>
/// <param name="Tuned">That of the best setting.</param>
/// <param name="Bits">The mean log-loss with nothing set.</param>
/// <param name="Seconds">The longest training with nothing set.</param>
/// <param name="Setting">The best setting.</param>
internal sealed record ComparedSystem(double Default, double? Tuned, double? Bits, double Seconds, Setting? Setting);
