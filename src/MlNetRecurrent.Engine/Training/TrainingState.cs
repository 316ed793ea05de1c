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

    /// <summary>The mean loss of the first batch of the training; null where it is not known.</summary>
    public double? FirstLoss { get; init; }

    /// <summary>The mean loss on the validation part after the last epoch that is done; null where there is none.</summary>
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

    /// <summary>Since the training began, or went on.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>An estimate from the batches so far.</summary>
    public TimeSpan TimeLeft { get; init; }

    /// <summary>Whether the training has come to its end, by the number of epochs or early.</summary>
    public bool IsOver { get; init; }
}
