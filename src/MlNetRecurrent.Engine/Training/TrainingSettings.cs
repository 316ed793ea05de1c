using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>How a network is trained.</summary>
internal sealed record TrainingSettings
{
    public required int NumberOfEpochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>The largest learning rate of the course.</summary>
    public required double LearningRate { get; init; }

    public LearningRateCourse Course { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The largest norm of the gradient of a batch; 0 for no limit.</summary>
    public double GradientClipNorm { get; init; }

    /// <summary>Threads that work on a batch. The result does not depend on it.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public required int Seed { get; init; }
}
