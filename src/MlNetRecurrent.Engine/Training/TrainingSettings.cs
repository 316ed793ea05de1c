namespace MlNetRecurrent.Engine.Training;

/// <summary>How a network is trained.</summary>
internal sealed record TrainingSettings
{
    public required int NumberOfEpochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>The largest norm of the gradient of a batch; 0 for no limit.</summary>
    public double GradientClipNorm { get; init; }

    public required int Seed { get; init; }
}
