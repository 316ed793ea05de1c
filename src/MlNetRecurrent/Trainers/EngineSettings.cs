using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Trainers;

/// <summary>The options of a trainer as the settings of the engine.</summary>
internal static class EngineSettings
{
    /// <param name="given">The options as the user set them.</param>
    /// <param name="options">The same with the chosen defaults.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="definition">The network.</param>
    /// <param name="data">The figures of the training part.</param>
    /// <param name="isStreamed">Whether the data is read from the view in each epoch.</param>
    /// <param name="start">The weights from which the training starts, where they are not random.</param>
    /// <param name="frozenParts">The parts of the network whose weights do not change.</param>
    public static TrainingSettings Create(
        RecurrentOptions given, RecurrentOptions options, int seed, NetworkDefinition definition, DataStatistics data, bool isStreamed,
        Parameters<float>? start, IReadOnlyList<string> frozenParts)
    {
        bool noiseIsChosen = !given.HasWeightNoise;
        int shufflePoolSize = options.ShufflePoolSize == 0 && isStreamed ? ShufflePool.SizeFor(data, definition) : options.ShufflePoolSize;
        return new()
        {
            NumberOfEpochs = options.NumberOfEpochs,
            BatchSize = options.BatchSize,
            ShufflePoolSize = shufflePoolSize,
            LearningRate = options.LearningRate,
            Schedule = (RateSchedule)options.Schedule,
            Optimizer = new() { Kind = (OptimizerKind)options.Optimizer, WeightDecay = options.WeightDecay, Momentum = options.Momentum },
            GradientClipNorm = options.GradientClipNorm,
            WeightNoise = options.WeightNoise,
            LabelSmoothing = options.LabelSmoothing,
            FrozenParts = frozenParts,
            TokenDropout = options.TokenDropout,
            RareTokenDropout = options.RareTokenDropout,
            TokenCounts = data.TokenCounts,
            NoiseSparesEmbedding = noiseIsChosen,
            NoiseFalls = TrainingDefaults.NoiseFalls(noiseIsChosen, definition),
            TruncatedSteps = options.TruncatedBpttSteps,
            EarlyStoppingPatience = options.EarlyStoppingPatience,
            EpochsBeforePatience = TrainingDefaults.EpochsBeforePatience(given, options),
            KeepsModelWhenCancelled = options.KeepModelWhenCancelled,
            Checkpoint = options.CheckpointPath is { } path
                ? new(
                    path, options.CheckpointInterval,
                    TrainingFingerprint.Of(options, noiseIsChosen, definition, data, shufflePoolSize, start, frozenParts))
                : null,
            NumberOfThreads = options.NumberOfThreads > 0 ? options.NumberOfThreads : Environment.ProcessorCount,
            Seed = seed,
        };
    }
}
