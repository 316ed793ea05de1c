using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The metrics of a sequence tagger, as computed by <see cref="SequenceTaggingCatalog.EvaluateSequences"/>.</summary>
/// <remarks>Steps whose true label is missing are left out. A labeled step without a predicted label counts as wrong.</remarks>
public sealed class SequenceTaggingMetrics
{
    internal SequenceTaggingMetrics(IReadOnlyList<SequenceLabelMetrics> perLabel) => PerLabel = perLabel;

    /// <summary>The fraction of labeled steps whose label was predicted correctly, between 0 and 1.</summary>
    public double TokenAccuracy { get; internal init; }

    /// <summary>
    /// The fraction of sequences in which all labeled steps are correct, between 0 and 1. Sequences without a labeled step do not count.
    /// </summary>
    public double SequenceAccuracy { get; internal init; }

    /// <summary>The mean of <see cref="SequenceLabelMetrics.F1"/> over the labels that occur or were predicted, between 0 and 1.</summary>
    public double MacroF1 { get; internal init; }

    /// <summary>
    /// The mean of -ln p over the labeled steps, in nats, where p is the probability of the true label, clipped to 1e-15..1. At least 0;
    /// smaller is better.
    /// </summary>
    public double LogLoss { get; internal init; }

    /// <summary>The number of sequences with at least one labeled step.</summary>
    public long NumberOfSequences { get; internal init; }

    /// <summary>The number of labeled steps.</summary>
    public long NumberOfSteps { get; internal init; }

    /// <summary>The metrics of each key of the label column, including labels that do not occur, in the order of the keys.</summary>
    public IReadOnlyList<SequenceLabelMetrics> PerLabel { get; }

    /// <summary>
    /// Formats <see cref="PerLabel"/> as a table, followed by the other metrics, as aligned plain text in the invariant culture.
    /// </summary>
    public string GetFormattedTable() => TaggingTable.Format(this);
}
