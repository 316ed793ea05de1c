using System.Globalization;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>The limits of a training's position, against which a checkpoint is checked, since its numbers count loops.</summary>
/// <param name="NumberOfBatches">Batches of an epoch.</param>
/// <param name="StepsOfABatch">The most steps of the optimizer in a batch.</param>
/// <param name="LeastStepsOfABatch">The fewest.</param>
/// <param name="Targets">Labels of an epoch.</param>
/// <param name="KeepsBest">Whether the best epoch is known.</param>
/// <param name="HalvesRate">Whether the learning rate may have been halved.</param>
internal sealed record PositionLimits(
    int NumberOfBatches, long StepsOfABatch, int LeastStepsOfABatch, long Targets, bool KeepsBest, bool HalvesRate)
{
    /// <summary>The first contradiction of a position; null where there is none.</summary>
    public string? Contradiction(TrainingPosition position)
    {
        if (position.Epochs < 0)
            return Of($"it has {position.Epochs} epochs behind it");
        if (position.Batch < 0 || position.Batch > NumberOfBatches)
            return Of($"{position.Batch} batches of its epoch are done, of {NumberOfBatches}");
        long batches = (long)position.Epochs * NumberOfBatches + position.Batch;
        if (position.Steps < LeastStepsOfABatch * batches || position.Steps / StepsOfABatch > batches
            || (batches == 0 && position.Steps != 0))
        {
            return Of($"the optimizer has taken {position.Steps} steps in {batches} batches");
        }
        if (position.Targets < 0 || position.Targets > Targets || (position.Batch == 0 && position.Targets != 0))
            return Of($"{position.Targets} labels of its epoch were learned from in {position.Batch} batches, of {Targets} labels in all");
        if (!double.IsFinite(position.Loss) || position.Loss < 0 || position.Norm < 0 || double.IsInfinity(position.Norm)
            || !double.IsFinite(position.LastLoss) || position.LastLoss < 0)
        {
            return Of($"its losses are {position.Loss} and {position.LastLoss}, the norm of its gradients {position.Norm}");
        }
        if (position.LastValidationLoss is { } validation && (!double.IsFinite(validation) || !KeepsBest))
            return Of($"its validation loss is {validation}");
        if (position.BestEpoch < 0 || position.BestEpoch > position.Epochs || position.BestEpoch > 0 != (KeepsBest && position.Epochs > 0))
            return Of($"its best epoch is {position.BestEpoch} of {position.Epochs}");
        if (position.BestEpoch > 0 ? !double.IsFinite(position.BestLoss) : position.BestLoss != double.PositiveInfinity)
            return Of($"the loss of its best epoch is {position.BestLoss}");
        if (HalvesRate ? position.RateFactor is not (>= 0 and <= 1) : position.RateFactor != 1)
            return Of($"its learning rate is multiplied by {position.RateFactor}");
        if (position.History is not { } history || history.Count > position.Epochs || !history.TrueForAll(IsPossible))
            return Of($"the record of its {position.Epochs} epochs is not that of a training");
        return null;
    }

    private static bool IsPossible(EpochRecord? epoch) =>
        epoch is { ValidationMetrics: not null } && double.IsFinite(epoch.Loss) && double.IsFinite(epoch.ValidationLoss ?? 0)
        && double.IsFinite(epoch.LearningRate) && epoch.LearningRate >= 0 && epoch.GradientNorm >= 0;

    private static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
