using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The metrics of one label of a sequence tagger.</summary>
/// <remarks>
/// A ratio with the denominator 0, such as the precision of a label that was never predicted, is 0, as in ML.NET's confusion matrix and by
/// default in scikit-learn. <see cref="Support"/> and <see cref="Predicted"/> show whether the denominator is 0.
/// </remarks>
public sealed class SequenceLabelMetrics
{
    private readonly Ratios _ratios;

    internal SequenceLabelMetrics(string name, long support, long predicted, long right)
    {
        Name = name;
        _ratios = new(support, predicted, right);
    }

    /// <summary>
    /// The name of the label: the value of the key as text in the invariant culture, or the number of the key, starting at 1, if the keys
    /// have no values.
    /// </summary>
    public string Name { get; }

    /// <summary>
    /// The fraction of correct labels among the labeled steps for which this label was predicted, between 0 and 1. 0 if it was never
    /// predicted.
    /// </summary>
    public double Precision => _ratios.Precision;

    /// <summary>The fraction of correct predictions among the steps with this label, between 0 and 1. 0 if no step has it.</summary>
    public double Recall => _ratios.Recall;

    /// <summary>The harmonic mean of precision and recall, between 0 and 1. 0 if the label neither occurs nor was predicted.</summary>
    public double F1 => _ratios.F1;

    /// <summary>The number of steps with this label.</summary>
    public long Support => _ratios.Support;

    /// <summary>The number of labeled steps for which this label was predicted.</summary>
    public long Predicted => _ratios.Predicted;
}
