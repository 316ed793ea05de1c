using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>The progress of a training. The figures of the epoch are those of its batches so far.</summary>
internal readonly record struct TrainingState
{
    /// <summary>The current epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Finished batches of the epoch.</summary>
    public int Batch { get; init; }

    public int NumberOfBatches { get; init; }

    /// <summary>The mean loss.</summary>
    public double Loss { get; init; }

    /// <summary>The mean loss of the first batch of the training; null where it is not known.</summary>
    public double? FirstLoss { get; init; }

    /// <summary>The mean loss on the validation part after the last finished epoch; null where there is none.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The epoch with the smallest loss, whose weights are kept, from 1; 0 where there is none.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The loss of that epoch.</summary>
    public double BestLoss { get; init; }

    /// <summary>The mean norm of the gradient before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; init; }

    /// <summary>Sequences trained on in a second.</summary>
    public double SequencesPerSecond { get; init; }

    /// <summary>The time since the training began, or continued.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The remaining time, estimated from the batches so far.</summary>
    public TimeSpan TimeLeft { get; init; }

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<EpochRecord>? History { get; init; }

    /// <summary>Whether the training is finished, by the number of epochs or early.</summary>
    public bool IsOver { get; init; }
}
