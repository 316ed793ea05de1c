namespace MlNetRecurrent.Engine.Training;

/// <summary>The input of a training.</summary>
internal sealed record TrainingJob
{
    /// <summary>The architecture.</summary>
    public required NetworkDefinition Definition { get; init; }

    /// <summary>The sequences to learn from.</summary>
    public required SequenceSource Data { get; init; }

    /// <summary>The statistics of the data.</summary>
    public required DataStatistics Statistics { get; init; }

    /// <summary>The normalization of the features.</summary>
    public required FeatureNormalization Normalization { get; init; }

    /// <summary>The transform of the labels.</summary>
    public TargetTransform Targets { get; init; } = TargetTransform.None;

    /// <summary>The settings of the training.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The initial weights, which do not change; null for random ones.</summary>
    public Parameters<float>? Start { get; init; }

    /// <summary>Receives the outputs of the network for the validation part after each epoch.</summary>
    public ValidationMetrics? Metrics { get; init; }

    /// <summary>Receives the progress of the training.</summary>
    public TrainingObserver Observer { get; init; } = new();
}

/// <summary>The result of a training.</summary>
/// <param name="Network">The network.</param>
/// <param name="Last">The final state.</param>
/// <param name="IsCancelled">Whether it was cancelled.</param>
internal sealed record TrainingOutcome(TrainedNetwork Network, TrainingState Last, bool IsCancelled);
