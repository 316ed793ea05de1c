using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Creates the summary of a training.</summary>
internal static class SummaryOf
{
    /// <param name="options">The options, with all that was chosen.</param>
    /// <param name="task">The task.</param>
    /// <param name="holdsTokens">Whether the network reads tokens.</param>
    /// <param name="validates">Whether there is a validation part.</param>
    /// <param name="data">The figures of the data.</param>
    /// <param name="last">The state at the end of the training.</param>
    /// <param name="lossUnit">The size of a loss of 1 in the unit of the labels.</param>
    /// <param name="seed">The seed.</param>
    public static TrainingSummary Training(
        RecurrentOptions options, RecurrentTask task, bool holdsTokens, bool validates, DataStatistics data, TrainingState last,
        double lossUnit, int seed) =>
        new()
        {
            Epochs = last.Epoch,
            BestEpoch = last.BestEpoch,
            Sequences = data.Count,
            FinalLoss = last.Loss * lossUnit,
            ValidationLoss = validates && last.BestEpoch > 0 ? last.BestLoss * lossUnit : null,
            Seed = seed,
            History = [.. (last.History ?? []).Select((epoch, i) => Describe(epoch, last.Epoch - last.History!.Count + i + 1, lossUnit))],
            NumberOfEpochs = options.NumberOfEpochs,
            EarlyStoppingPatience = options.EarlyStoppingPatience,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,
            Schedule = options.Schedule,
            Pooling = task.EveryStep ? null : options.Pooling,
            WeightNoise = options.WeightNoise,
            LabelSmoothing = options.LabelSmoothing,
            TokenDropout = holdsTokens ? options.TokenDropout : 0,
            RareTokenDropout = holdsTokens ? options.RareTokenDropout : 0,
            ValidationFraction = options.ValidationFraction,
        };

    /// <summary>The summary of a training of forecasts.</summary>
    public static TrainingSummary Training(
        ForecastOptions options, bool validates, DataStatistics data, TrainingState last, double lossUnit, int seed) => new()
        {
            Epochs = last.Epoch,
            BestEpoch = last.BestEpoch,
            Sequences = data.Count,
            FinalLoss = last.Loss * lossUnit,
            ValidationLoss = validates && last.BestEpoch > 0 ? last.BestLoss * lossUnit : null,
            Seed = seed,
            History = [.. (last.History ?? []).Select((epoch, i) => Describe(epoch, last.Epoch - last.History!.Count + i + 1, lossUnit))],
            NumberOfEpochs = options.NumberOfEpochs,
            EarlyStoppingPatience = options.EarlyStoppingPatience,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,
            Schedule = options.Schedule,
            ValidationFraction = options.ValidationFraction,
        };

    private static TrainingEpoch Describe(EpochRecord epoch, int number, double lossUnit) => new()
    {
        Epoch = number,
        Loss = epoch.Loss * lossUnit,
        ValidationLoss = epoch.ValidationLoss * lossUnit,
        ValidationMetrics = epoch.ValidationMetrics,
        LearningRate = epoch.LearningRate,
        GradientNorm = epoch.GradientNorm,
        Seconds = epoch.Seconds,
    };
}
