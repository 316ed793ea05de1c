using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The metrics of the entities of one type.</summary>
/// <remarks>
/// A ratio with the denominator 0 is 0. <see cref="Support"/> and <see cref="Predicted"/> show whether the denominator is 0.
/// </remarks>
public sealed class EntityTypeMetrics
{
    private readonly Ratios _ratios;

    internal EntityTypeMetrics(string name, long support, long predicted, long right)
    {
        Name = name;
        _ratios = new(support, predicted, right);
    }

    /// <summary>The type, which is the name of the labels after the hyphen; empty if the labels have no type.</summary>
    public string Name { get; }

    /// <summary>The fraction of correct entities among those that were predicted, between 0 and 1.</summary>
    public double Precision => _ratios.Precision;

    /// <summary>The fraction of entities that were predicted correctly, between 0 and 1.</summary>
    public double Recall => _ratios.Recall;

    /// <summary>The harmonic mean of precision and recall, between 0 and 1.</summary>
    public double F1 => _ratios.F1;

    /// <summary>The number of entities.</summary>
    public long Support => _ratios.Support;

    /// <summary>The number of predicted entities.</summary>
    public long Predicted => _ratios.Predicted;

    /// <summary>The number of correct predicted entities.</summary>
    internal long Right => _ratios.Right;
}
