namespace MlNetRecurrent;

/// <summary>
/// The metrics of a classification with several labels per row, as computed by <see cref="MultiLabelCatalog.EvaluateMultiLabel"/>.
/// </summary>
/// <remarks>A missing label (NaN) is left out; the others of its row count.</remarks>
public sealed class MultiLabelClassificationMetrics
{
    internal MultiLabelClassificationMetrics(IReadOnlyList<LabelClassificationMetrics> perLabel) => PerLabel = perLabel;

    /// <summary>The F1 score of the labels of all slots together, between 0 and 1. Frequent labels weigh more.</summary>
    public double MicroF1 { get; internal init; }

    /// <summary>
    /// The mean of <see cref="LabelClassificationMetrics.F1"/> over the labels that occur or were predicted, between 0 and 1.
    /// </summary>
    public double MacroF1 { get; internal init; }

    /// <summary>The fraction of rows in which all labels were predicted correctly, between 0 and 1.</summary>
    public double SubsetAccuracy { get; internal init; }

    /// <summary>The fraction of labels that were predicted incorrectly, over all slots, between 0 and 1. Smaller is better.</summary>
    public double HammingLoss { get; internal init; }

    /// <summary>The number of rows with at least one label that is not missing.</summary>
    public long NumberOfRows { get; internal init; }

    /// <summary>
    /// The metrics of each label, in the order of the slots; of one label for all steps, if the labels are those of steps.
    /// </summary>
    public IReadOnlyList<LabelClassificationMetrics> PerLabel { get; }
}
