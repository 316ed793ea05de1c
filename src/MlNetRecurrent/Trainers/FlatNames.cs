namespace MlNetRecurrent.Trainers;

/// <summary>Recognizes by the names of its slots that a plain vector is not a sequence of one feature.</summary>
internal static class FlatNames
{
    /// <summary>What to do with numbers that have no order.</summary>
    public const string OneVector =
        "A sequence of words is made by TokenizeIntoWords and MapValueToKey, and a sequence of rows by SlidingWindow or " +
        "GroupIntoSequences; numbers without an order are for a trainer that is not recurrent. " + Steps;

    /// <summary>What to do with sequences one after the other.</summary>
    public const string EndToEnd =
        "Join sequences step by step with ZipSteps, or let one SlidingWindow read all columns of the rows, one-hot columns too. " + Steps;

    private const string Steps = "If the slots are the steps of one feature, set NumberOfFeatures to 1.";

    /// <summary>The number of names that are examined, from either end: a vector of counts has very many.</summary>
    private const int Most = 4096;

    /// <summary>Explains what the column is instead, and what to do; null where the names do not tell.</summary>
    public static string? Explain(DataViewSchema.Column column)
    {
        string[] all = SlotNames.Given(column);
        StepName[] names = [.. (all.Length <= 2 * Most ? all : [.. all[..Most], .. all[^Most..]]).Select(StepName.Parse)];
        if (names.Length > 1 && Array.Exists(names, name => name.Series is not null) && ExplainNames(all, names) is { } found)
            return found;
        bool isOneHot = column.Annotations.Schema.GetColumnOrNull(AnnotationNames.CategoricalSlotRanges) is not null;
        return isOneHot ? $"it holds one-hot columns. {OneVector}" : null;
    }

    private static string? ExplainNames(string[] all, StepName[] names)
    {
        string[] series = [.. names.Select(name => name.Series ?? "").Distinct()];
        if (series.Length == 1)
        {
            bool isRepeated = names.Where(name => name.Place.Length > 0).CountBy(name => name.Place).Any(place => place.Value > 1);
            return isRepeated ? $"{Shown(all)}: steps occur more than once. {EndToEnd}" : null;
        }
        if (IsInterleaved(names, series.Length))
            return $"{Shown(all)}: steps of {series.Length} features. Set NumberOfFeatures to {series.Length}.";
        bool isEndToEnd = Array.Exists(names, name => name.HasLag) || HasRuns(names, series.Length);
        return $"{Shown(all)}. {(isEndToEnd ? EndToEnd : OneVector)}";
    }

    /// <summary>Whether the names list one step after the other, each with the same features.</summary>
    private static bool IsInterleaved(StepName[] names, int features)
    {
        if (names.Length % features != 0 || names.Length == features)
            return false;
        for (int i = 0; i < names.Length; i++)
        {
            bool isSameFeature = names[i].Series == names[i % features].Series;
            bool isSameStep = names[i].Place == names[i - i % features].Place;
            if (!isSameFeature || !isSameStep || names[i].Place.Length == 0)
                return false;
        }
        return true;
    }

    /// <summary>Whether each series stands in one piece, of several steps.</summary>
    private static bool HasRuns(StepName[] names, int series)
    {
        int changes = names.Zip(names.Skip(1)).Count(pair => pair.First.Series != pair.Second.Series);
        return changes == series - 1 && names.CountBy(name => name.Series ?? "").All(run => run.Value > 1);
    }

    private static string Shown(string[] names)
    {
        const int most = 5;
        IEnumerable<string> first = names.Take(most).Select(name => name.Length == 0 ? "(no name)" : $"'{name}'");
        return $"its slots are {string.Join(", ", first)}{(names.Length > most ? ", …" : "")}";
    }
}
