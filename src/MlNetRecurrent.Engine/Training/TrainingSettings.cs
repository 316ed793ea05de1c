using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>How a network is trained.</summary>
internal sealed record TrainingSettings
{
    public required int NumberOfEpochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Sequences that are shuffled together; 0 for all.</summary>
    public int ShufflePoolSize { get; init; }

    /// <summary>The largest learning rate of the course.</summary>
    public required double LearningRate { get; init; }

    public RateSchedule Schedule { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The largest norm of the gradient of a batch; 0 for no limit.</summary>
    public double GradientClipNorm { get; init; }

    /// <summary>The deviation of the noise that is added to the weights while a batch is looked at.</summary>
    public double WeightNoise { get; init; }

    /// <summary>Whether no noise is added to the vectors of tokens.</summary>
    public bool NoiseSparesEmbedding { get; init; }

    /// <summary>
    /// Whether the noise falls: it has the same part of its deviation as the learning rate has of its largest value and, where rows
    /// validate, also the part that the root of the last epoch's loss is, so that labels without noise are learned exactly. The loss must
    /// be 1 for the mean of all labels.
    /// </summary>
    public bool NoiseFalls { get; init; }

    /// <summary>The part of the tokens in whose place the unknown one is put.</summary>
    public double TokenDropout { get; init; }

    /// <summary>α: the unknown token is put in the place of one that occurs n times with probability α / (α + n).</summary>
    public double RareTokenDropout { get; init; }

    /// <summary>How often each token occurs, for <see cref="RareTokenDropout"/>.</summary>
    public IReadOnlyList<long> TokenCounts { get; init; } = [];

    /// <summary>Of classes: the part of the certainty of each label that is shared out among all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Steps that gradients go back: longer sequences are learned in windows, one after the other; 0 for all.</summary>
    public int TruncatedSteps { get; init; }

    /// <summary>Epochs without a smaller loss on the validation part after which the training ends; 0 for no such end.</summary>
    public int EarlyStoppingPatience { get; init; }

    /// <summary>The first epochs, which do not count for <see cref="EarlyStoppingPatience"/>.</summary>
    public int EpochsBeforePatience { get; init; }

    /// <summary>Whether a training that is cancelled ends with what it has learned so far.</summary>
    public bool KeepsModelWhenCancelled { get; init; }

    /// <summary>Where the training is kept, to go on with later; null for nowhere.</summary>
    public CheckpointSettings? Checkpoint { get; init; }

    /// <summary>Threads that work on a batch. The result does not depend on it.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public required int Seed { get; init; }
}
