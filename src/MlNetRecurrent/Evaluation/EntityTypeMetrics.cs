namespace MlNetRecurrent;

/// <summary>The metrics of the entities of one type.</summary>
/// <remarks>A ratio with the denominator 0 is 0. <see cref="Support"/> and <see cref="Predicted"/> tell it from other zeros.</remarks>
public sealed class EntityTypeMetrics
{
    internal EntityTypeMetrics(string name, long support, long predicted, long right)
    {
        Name = name;
        Support = support;
        Predicted = predicted;
        Right = right;
    }

    /// <summary>The type, which is the name of the labels after the hyphen; empty if the labels have no type.</summary>
    public string Name { get; }

    /// <summary>The fraction of correct entities among those that were predicted, between 0 and 1.</summary>
    public double Precision => Predicted == 0 ? 0 : (double)Right / Predicted;

    /// <summary>The fraction of entities that were predicted correctly, between 0 and 1.</summary>
    public double Recall => Support == 0 ? 0 : (double)Right / Support;

    /// <summary>The harmonic mean of precision and recall, between 0 and 1.</summary>
    public double F1 => Support + Predicted == 0 ? 0 : 2.0 * Right / (Support + Predicted);

    /// <summary>The number of entities.</summary>
    public long Support { get; }

    /// <summary>The number of predicted entities.</summary>
    public long Predicted { get; }

    /// <summary>The number of correct predicted entities.</summary>
    internal long Right { get; }
}
