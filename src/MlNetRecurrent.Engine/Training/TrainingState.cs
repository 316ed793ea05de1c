namespace MlNetRecurrent.Engine.Training;

/// <summary>Where a training stands. The epoch's figures are those of the batches of the epoch so far.</summary>
internal readonly record struct TrainingState
{
    /// <summary>The running epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public int Batch { get; init; }

    public int NumberOfBatches { get; init; }

    /// <summary>The mean loss.</summary>
    public double Loss { get; init; }

    /// <summary>The mean norm of the gradient before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; init; }

    public double SequencesPerSecond { get; init; }

    /// <summary>Since the training began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>An estimate from the batches so far.</summary>
    public TimeSpan TimeLeft { get; init; }
}
