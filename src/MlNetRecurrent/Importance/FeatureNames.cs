using System.Globalization;

namespace MlNetRecurrent.Importance;

/// <summary>The names of results: the slot names of the column, or its own name with the number of the feature and the lag.</summary>
internal static class FeatureNames
{
    /// <summary>Names features and lags. A slot name that is also the name of another result is not used.</summary>
    public static string[] Of(IReadOnlyList<(StepFeature Feature, int? Lag)> results)
    {
        Dictionary<int, string[]> slots = results.Select(result => result.Feature.Column).DistinctBy(column => column.Index)
            .ToDictionary(column => column.Index, SlotNames.Given);
        string[] numbered = [.. results.Select(result => NumberedName(result.Feature, result.Lag))];
        string[] given = [.. results.Select((result, i) =>
            SlotName(result.Feature, result.Lag, slots[result.Feature.Column.Index]) ?? numbered[i])];
        Dictionary<string, int> counts = given.Concat(numbered.Where((name, i) => name != given[i]))
            .CountBy(name => name).ToDictionary();
        return [.. given.Select((name, i) => counts[name] == 1 ? name : numbered[i])];
    }

    private static string? SlotName(StepFeature feature, int? lag, string[] slots)
    {
        string[] own = [.. slots.Where((_, slot) => slot % feature.Stride == feature.Offset)];
        if (own.Length == 0 || Array.Exists(own, string.IsNullOrEmpty))
            return null;
        if (own.Length == 1)
            return own[0];
        if (lag is { } steps)
            return own[^(steps + 1)];
        // Windows name their slots by the column and the lag: Wind[t-3].
        string[] series = [.. own.Select(name => StepName.Parse(name).Series ?? "").Distinct()];
        return series is [var only] && only.Contains("[]", StringComparison.Ordinal) && only.Length > 2
            ? only.Replace("[]", "", StringComparison.Ordinal)
            : null;
    }

    private static string NumberedName(StepFeature feature, int? lag)
    {
        bool hasNumber = feature.Column.Type is VectorDataViewType { ItemType: not KeyDataViewType };
        string name = hasNumber
            ? string.Create(CultureInfo.InvariantCulture, $"{feature.Column.Name}[{feature.Offset}]")
            : feature.Column.Name;
        return lag is not { } steps ? name
            : steps == 0 ? $"{name}[t]"
            : string.Create(CultureInfo.InvariantCulture, $"{name}[t-{steps}]");
    }
}
