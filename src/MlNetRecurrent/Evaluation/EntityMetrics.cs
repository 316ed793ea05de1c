using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The metrics of the entities that a sequence tagger finds, as computed by
/// <see cref="SequenceTaggingCatalog.EvaluateEntities"/>.</summary>
/// <remarks>A predicted entity is correct if its first step, its last step and its type are right.</remarks>
public sealed class EntityMetrics
{
    private readonly EntityTypeMetrics _all;

    internal EntityMetrics(IReadOnlyList<EntityTypeMetrics> perType)
    {
        PerType = perType;
        _all = new("", perType.Sum(type => type.Support), perType.Sum(type => type.Predicted), perType.Sum(type => type.Right));
    }

    /// <summary>The fraction of correct entities among those that were predicted, between 0 and 1. 0 if none was predicted.</summary>
    public double Precision => _all.Precision;

    /// <summary>The fraction of entities that were predicted correctly, between 0 and 1. 0 if there are none.</summary>
    public double Recall => _all.Recall;

    /// <summary>The harmonic mean of precision and recall over the entities of all types (micro-average), between 0 and 1.</summary>
    public double F1 => _all.F1;

    /// <summary>The mean of <see cref="EntityTypeMetrics.F1"/> over the types that occur or were predicted, between 0 and 1.</summary>
    public double MacroF1 => PerType.Count == 0 ? 0 : PerType.Average(type => type.F1);

    /// <summary>The number of entities.</summary>
    public long Support => _all.Support;

    /// <summary>The number of predicted entities.</summary>
    public long Predicted => _all.Predicted;

    /// <summary>The metrics of the types that occur or were predicted, in the order of their names.</summary>
    public IReadOnlyList<EntityTypeMetrics> PerType { get; }

    /// <summary>Formats the metrics of each type and of all types as a table, as aligned plain text in the invariant culture.</summary>
    public string GetFormattedTable() => TaggingTable.Format(this);
}
