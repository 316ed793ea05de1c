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

    /// <summary>The mean norm of the gradient, before clipping, over the batches of the running epoch so far.</summary>
    public double GradientNorm { get; internal init; }

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>Sequences trained on in a second, since the training began.</summary>
    public double SequencesPerSecond { get; internal init; }

    /// <summary>The time since the training began.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>The estimated time until the training ends.</summary>
    public TimeSpan TimeLeft { get; internal init; }

    /// <summary>The part of the training that is done, in 0..1.</summary>
    public double Fraction => (Epoch - 1 + (double)Batch / NumberOfBatches) / NumberOfEpochs;
}
