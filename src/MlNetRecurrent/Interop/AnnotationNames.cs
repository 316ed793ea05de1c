namespace MlNetRecurrent.Interop;

/// <summary>The annotations that ML.NET's scorers put on their columns and its evaluators read.</summary>
internal static class AnnotationNames
{
    public const string KeyValues = "KeyValues";
    public const string SlotNames = "SlotNames";
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string IsNormalized = "IsNormalized";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    public const string ScoreValueKind = "ScoreValueKind";

    /// <summary>Ours: how many rows before its row a window ends.</summary>
    public const string Horizon = "Horizon";

    /// <summary>Ours: how windows were cut.</summary>
    public const string SlidingWindow = "SlidingWindow";

    /// <summary>Ours: a hash of what the one-hot numbers in a sequence stand for.</summary>
    public const string KeyMeaning = "KeyMeaning";

    /// <summary>Ours: the scale of each group, of a column that is normalized by it.</summary>
    public const string GroupScales = "GroupScales";

    /// <summary>The levels of the quantiles of a column of forecasts.</summary>
    public const string QuantileLevels = "QuantileLevels";
}
