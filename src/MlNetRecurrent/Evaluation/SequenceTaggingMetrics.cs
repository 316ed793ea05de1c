using Microsoft.ML;
using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>
/// How well the steps of sequences were labelled, as <see cref="SequenceTaggingCatalog.EvaluateSequences"/> finds it. Steps whose true label is missing are left out of all of it;
/// a labelled step without a predicted label counts as wrong.
/// </summary>
public sealed class SequenceTaggingMetrics
{
    internal SequenceTaggingMetrics(IReadOnlyList<SequenceLabelMetrics> perLabel) => PerLabel = perLabel;

    /// <summary>The part of the labelled steps whose label was predicted, in 0..1.</summary>
    public double TokenAccuracy { get; internal init; }

    /// <summary>The part of the sequences all of whose labelled steps are right, in 0..1. Sequences without a labelled step do not count.</summary>
    public double SequenceAccuracy { get; internal init; }

    /// <summary>The mean of <see cref="SequenceLabelMetrics.F1"/> over the labels that occur or were predicted, in 0..1.</summary>
    public double MacroF1 { get; internal init; }

    /// <summary>The mean of -ln p over the labelled steps, in nats, where p is the probability of the true label, held within 1e-15..1. At least 0; smaller is better.</summary>
    public double LogLoss { get; internal init; }

    /// <summary>The number of sequences with a labelled step.</summary>
    public long NumberOfSequences { get; internal init; }

    /// <summary>The number of labelled steps.</summary>
    public long NumberOfSteps { get; internal init; }

    /// <summary>The metrics of every label of the label column's type, the one of key 1 first.</summary>
    public IReadOnlyList<SequenceLabelMetrics> PerLabel { get; }

    /// <summary>A table of <see cref="PerLabel"/>, and below it the other metrics, as aligned plain text in the invariant culture.</summary>
    public string GetFormattedTable() => TaggingTable.Format(this);
}
