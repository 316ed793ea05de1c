using System.Globalization;
using System.Text;

namespace MlNetRecurrent;

/// <summary>The progress of a training, as reported to <see cref="TrainingOptions.Progress"/>.</summary>
public sealed record TrainingProgress
{
    internal TrainingProgress()
    {
    }

    /// <summary>
    /// The class whose network is trained by <c>OneVersusAll</c>; the other members describe the training of this network.
    /// <see langword="null"/> in all other trainings.
    /// </summary>
    public string? ClassName { get; internal init; }

    /// <summary>The current epoch, starting at 1.</summary>
    public int Epoch { get; internal init; }

    /// <summary>The number of epochs of the training.</summary>
    public int NumberOfEpochs { get; internal init; }

    /// <summary>The number of completed batches of the current epoch, at least 1.</summary>
    public int Batch { get; internal init; }

    /// <summary>The number of batches per epoch.</summary>
    public int NumberOfBatches { get; internal init; }

    /// <summary>
    /// The mean training loss of the current epoch so far: the cross-entropy in nats for classification, and the squared error in the
    /// squared unit of the label for regression. If the label is a vector of several values, it is the squared error of the standardized
    /// values.
    /// </summary>
    public double Loss { get; internal init; }

    /// <summary>
    /// The mean validation loss of the last completed epoch, in the unit of <see cref="Loss"/>. <see langword="null"/> before the end of
    /// the first epoch, and without validation.
    /// </summary>
    public double? ValidationLoss { get; internal init; }

    /// <summary>
    /// The validation metrics of the last completed epoch, by the names of ML.NET's metrics, the most important metric first. Empty without
    /// validation, and after resuming from a checkpoint until an epoch is complete.
    /// </summary>
    /// <remarks>
    /// Each value equals that of ML.NET's <c>Evaluate</c> on the same rows. A metric that is undefined for these rows is NaN.
    /// </remarks>
    public IReadOnlyList<KeyValuePair<string, double>> ValidationMetrics { get; internal init; } = [];

    /// <summary>The epoch with the smallest loss so far, starting at 1. Its weights are kept. 0 if there is none.</summary>
    public int BestEpoch { get; internal init; }

    /// <summary>Whether the epoch and its validation are complete. There is one such report per epoch.</summary>
    public bool IsEpochDone { get; internal init; }

    /// <summary>
    /// Whether the training is complete, after all epochs or by early stopping. This is the last report. A training that is canceled or
    /// fails does not send it.
    /// </summary>
    public bool IsTrainingDone { get; internal init; }

    /// <summary>The mean norm of the gradient, before clipping, over the completed batches of the current epoch.</summary>
    public double GradientNorm { get; internal init; }

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>The number of training sequences per second, since training started or resumed from a checkpoint.</summary>
    public double SequencesPerSecond { get; internal init; }

    /// <summary>The time since training started or resumed from a checkpoint.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>
    /// The estimated time until the end of the last epoch. <see cref="TimeSpan.MaxValue"/> if the estimate exceeds its range.
    /// </summary>
    public TimeSpan TimeLeft { get; internal init; }

    /// <summary>The completed fraction of the training, between 0 and 1. It is 1 as soon as training stops early.</summary>
    public double Fraction => IsTrainingDone ? 1 : (Epoch - 1 + (double)Batch / NumberOfBatches) / NumberOfEpochs;

    /// <summary>Returns one line about the progress.</summary>
    /// <returns>The epoch, the losses, the most important metric, the speed and the remaining time.</returns>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (ClassName is not null)
            line.Append(CultureInfo.InvariantCulture, $"class '{ClassName}', ");
        line.Append(CultureInfo.InvariantCulture, $"epoch {Epoch}/{NumberOfEpochs}");
        if (!IsEpochDone)
            line.Append(CultureInfo.InvariantCulture, $", batch {Batch}/{NumberOfBatches}");
        line.Append(CultureInfo.InvariantCulture, $", loss {Loss:G4}");
        if (ValidationLoss is { } validation)
            line.Append(CultureInfo.InvariantCulture, $", validation loss {validation:G4}");
        if (ValidationMetrics is [var (name, value), ..])
            line.Append(CultureInfo.InvariantCulture, $", {name} {value:G4}");
        line.Append(CultureInfo.InvariantCulture, $", {SequencesPerSecond:N0} sequences/s");
        if (!IsTrainingDone)
            line.Append(CultureInfo.InvariantCulture, $", {Math.Ceiling(TimeLeft.TotalSeconds):N0} s left");
        return line.ToString();
    }
}
