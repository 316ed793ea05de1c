using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent.Engine.Training;

/// <summary>All that a training needs.</summary>
internal sealed record TrainingJob
{
    /// <summary>The architecture.</summary>
    public required NetworkDefinition Definition { get; init; }

    /// <summary>What to learn from.</summary>
    public required SequenceSource Data { get; init; }

    /// <summary>The figures of the data.</summary>
    public required DataStatistics Statistics { get; init; }

    /// <summary>What is done to the features.</summary>
    public required FeatureNormalization Normalization { get; init; }

    /// <summary>What is done to the labels.</summary>
    public TargetTransform Targets { get; init; } = TargetTransform.None;

    /// <summary>How to train.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The weights to begin with, which are left as they are, or null for new ones.</summary>
    public Parameters<float>? Start { get; init; }

    /// <summary>Takes what the network says of the validation part after each epoch.</summary>
    public ValidationMetrics? Metrics { get; init; }

    /// <summary>Is told of it.</summary>
    public TrainingObserver Observer { get; init; } = new();
}

/// <summary>What came of a training.</summary>
/// <param name="Network">The network.</param>
/// <param name="Last">The state in the end.</param>
/// <param name="IsCancelled">Whether it ended before its time.</param>
internal sealed record TrainingOutcome(TrainedNetwork Network, TrainingState Last, bool IsCancelled);
