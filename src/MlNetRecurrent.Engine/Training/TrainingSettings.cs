namespace MlNetRecurrent.Engine.Training;

/// <summary>How a network is trained.</summary>
internal sealed record TrainingSettings
{
    public required int NumberOfEpochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>The largest norm of the gradient of a batch; 0 for no limit.</summary>
    public double GradientClipNorm { get; init; }

    /// <summary>Threads that work on a batch. The result does not depend on it.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public required int Seed { get; init; }
}
