namespace MlNetRecurrent.Engine.Serialization;

/// <summary>The figures of a finished epoch.</summary>
internal sealed record EpochRecord
{
    /// <summary>The mean training loss.</summary>
    public double Loss { get; init; }

    /// <summary>The mean loss on the validation part, where there is one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The metrics of the validation part. Those that are not numbers are null, which JSON can hold.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> ValidationMetrics { get; init; } = [];

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; init; }

    /// <summary>The mean norm of the gradient before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>The time that the epoch took, with its validation. Of an epoch that was interrupted, it is the time since then.</summary>
    public double Seconds { get; init; }
}
