namespace MlNetRecurrent;

/// <summary>
/// How well one label was found. A ratio without a denominator, such as the precision of a label that was never predicted, is 0, as in ML.NET's confusion matrix and, by default, in scikit-learn;
/// <see cref="Support"/> and <see cref="Predicted"/> tell such a 0 from an earned one.
/// </summary>
public sealed class SequenceLabelMetrics
{
    internal SequenceLabelMetrics(string name, long support, long predicted, long right)
    {
        Name = name;
        Support = support;
        Predicted = predicted;
        Precision = predicted == 0 ? 0 : (double)right / predicted;
        Recall = support == 0 ? 0 : (double)right / support;
        F1 = support + predicted == 0 ? 0 : 2.0 * right / (support + predicted);
    }

    /// <summary>The value of the key as text, in the invariant culture, or the number of the key, from 1, where keys have no values.</summary>
    public string Name { get; }

    /// <summary>The part of the steps for which the label was predicted that have it, in 0..1; 0 where it was never predicted.</summary>
    public double Precision { get; }

    /// <summary>The part of the steps that have the label for which it was predicted, in 0..1; 0 where no step has it.</summary>
    public double Recall { get; }

    /// <summary>The harmonic mean of precision and recall, in 0..1; 0 where the label neither occurs nor was predicted.</summary>
    public double F1 { get; }

    /// <summary>The number of steps that have the label.</summary>
    public long Support { get; }

    /// <summary>The number of labelled steps for which the label was predicted.</summary>
    public long Predicted { get; }
}
