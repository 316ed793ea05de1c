using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>The settings of a training.</summary>
internal sealed record TrainingSettings
{
    public required int NumberOfEpochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Sequences that are shuffled together; 0 for all.</summary>
    public int ShufflePoolSize { get; init; }

    /// <summary>The largest learning rate of the schedule.</summary>
    public required double LearningRate { get; init; }

    public RateSchedule Schedule { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The largest norm of the gradient of a batch; 0 for no limit.</summary>
    public double GradientClipNorm { get; init; }

    /// <summary>The standard deviation of the noise that is added to the weights for each batch.</summary>
    public double WeightNoise { get; init; }

    /// <summary>Whether the embedding gets no noise.</summary>
    public bool NoiseSparesEmbedding { get; init; }

    /// <summary>
    /// Whether the noise decays: its standard deviation is multiplied by the learning rate relative to the largest one and, with
    /// validation, by the <see cref="HeadDefinition.RelativeError"/> of the last epoch's loss, so that labels without noise are learned
    /// exactly.
    /// </summary>
    public bool NoiseFalls { get; init; }

    /// <summary>The part of the tokens that is replaced by the unknown one.</summary>
    public double TokenDropout { get; init; }

    /// <summary>The parts of the network whose weights do not change, as <see cref="Network{L, T}.Parts"/> names them.</summary>
    public IReadOnlyList<string> FrozenParts { get; init; } = [];

    /// <summary>α: a token that occurs n times is replaced by the unknown one with probability α / (α + n).</summary>
    public double RareTokenDropout { get; init; }

    /// <summary>The number of occurrences of each token of each field, for <see cref="RareTokenDropout"/>.</summary>
    public IReadOnlyList<IReadOnlyList<long>> TokenCounts { get; init; } = [];

    /// <summary>Label smoothing of classes: the part of each label's probability that all classes share.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// The steps of truncated backpropagation: longer sequences are learned in windows, one after the other; 0 for all steps.
    /// </summary>
    public int TruncatedSteps { get; init; }

    /// <summary>The epochs without a smaller validation loss after which the training ends; 0 for no such end.</summary>
    public int EarlyStoppingPatience { get; init; }

    /// <summary>The first epochs, which do not count for <see cref="EarlyStoppingPatience"/>.</summary>
    public int EpochsBeforePatience { get; init; }

    /// <summary>Whether a cancelled training returns the network that it has so far.</summary>
    public bool KeepsModelWhenCancelled { get; init; }

    /// <summary>Where the training is saved, to continue later; null for nowhere.</summary>
    public CheckpointSettings? Checkpoint { get; init; }

    /// <summary>The number of worker threads. The result does not depend on it.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public required int Seed { get; init; }
}
