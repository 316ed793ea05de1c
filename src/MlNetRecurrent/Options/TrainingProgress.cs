namespace MlNetRecurrent;

/// <summary>Where a training stands, as <see cref="RecurrentOptions.Progress"/> reports it.</summary>
public sealed record TrainingProgress
{
    internal TrainingProgress()
    {
    }

    /// <summary>The running epoch, from 1.</summary>
    public int Epoch { get; internal init; }

    /// <summary>The number of epochs of the training.</summary>
    public int NumberOfEpochs { get; internal init; }

    /// <summary>The batches of the running epoch that are done, from 1.</summary>
    public int Batch { get; internal init; }

    /// <summary>The number of batches of an epoch.</summary>
    public int NumberOfBatches { get; internal init; }

    /// <summary>The mean training loss (cross-entropy, in nats; of a regression the squared error, in the squared unit of the labels) over the running epoch so far.</summary>
    public double Loss { get; internal init; }

    /// <summary>The mean loss on the validation part after the last epoch that is done, in the unit of <see cref="Loss"/>; <see langword="null"/> before that, and where <see cref="RecurrentOptions.ValidationFraction"/> is 0.</summary>
    public double? ValidationLoss { get; internal init; }

    /// <summary>
    /// The metrics of the validation part after the last epoch that is done, by the names of ML.NET's metrics and equal to what <c>Evaluate</c> finds on the same rows; the most important one comes first, and one that is not defined for these rows is NaN. Empty where there are none, and in a training that goes on from a checkpoint until its first epoch is done.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, double>> ValidationMetrics { get; internal init; } = [];

    /// <summary>The epoch with the smallest loss so far, whose weights are kept, from 1; 0 where there is none.</summary>
    public int BestEpoch { get; internal init; }

    /// <summary>Whether the epoch and its validation are done; there is one such report an epoch.</summary>
    public bool IsEpochDone { get; internal init; }

    /// <summary>Whether the training is done, because all epochs are or because it stopped early: it is the last report; a training that is cancelled or fails has no such report.</summary>
    public bool IsTrainingDone { get; internal init; }

    /// <summary>The mean norm of the gradient, before clipping, over the batches of the running epoch so far.</summary>
    public double GradientNorm { get; internal init; }

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>Sequences trained on in a second, since the training began or went on from a checkpoint.</summary>
    public double SequencesPerSecond { get; internal init; }

    /// <summary>The time since the training began or went on from a checkpoint.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>The estimated time until all epochs are done; <see cref="TimeSpan.MaxValue"/> where it is longer than that.</summary>
    public TimeSpan TimeLeft { get; internal init; }

    /// <summary>The part of the training that is done, in 0..1. An early stop makes it 1 at once.</summary>
    public double Fraction => IsTrainingDone ? 1 : (Epoch - 1 + (double)Batch / NumberOfBatches) / NumberOfEpochs;
}
