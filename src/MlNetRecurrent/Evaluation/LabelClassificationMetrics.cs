using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The metrics of one label of a multi-label classification.</summary>
/// <remarks>
/// A ratio with the denominator 0, such as the precision of a label that was never predicted, is 0, as in ML.NET's confusion matrix and by
/// default in scikit-learn. <see cref="Support"/> and <see cref="Predicted"/> show whether the denominator is 0. For labels of steps,
/// read "step" for "row": all steps of all rows are one label.
/// </remarks>
public sealed class LabelClassificationMetrics
{
    private readonly Ratios _ratios;

    internal LabelClassificationMetrics(string name, long rows, long support, long predicted, long right)
    {
        Name = name;
        NumberOfRows = rows;
        _ratios = new(support, predicted, right);
    }

    /// <summary>The slot name of the label, or its position, starting at 0, if the label column has no slot names.</summary>
    public string Name { get; }

    /// <summary>
    /// The fraction of rows with this label among the rows for which it was predicted, between 0 and 1. 0 if it was never predicted.
    /// </summary>
    public double Precision => _ratios.Precision;

    /// <summary>
    /// The fraction of rows for which the label was predicted among the rows that have it, between 0 and 1. 0 if no row has it.
    /// </summary>
    public double Recall => _ratios.Recall;

    /// <summary>The harmonic mean of precision and recall, between 0 and 1. 0 if the label neither occurs nor was predicted.</summary>
    public double F1 => _ratios.F1;

    /// <summary>The number of rows that have the label.</summary>
    public long Support => _ratios.Support;

    /// <summary>The number of rows for which the label was predicted. Rows in which the true label is missing do not count.</summary>
    public long Predicted => _ratios.Predicted;

    /// <summary>The number of rows in which the true label is not missing.</summary>
    public long NumberOfRows { get; }
}
