using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Trainings on sequences in memory.</summary>
internal static class Jobs
{
    public static TrainingJob Of(
        NetworkDefinition definition, SequenceSet data, TrainingSettings settings, bool normalize = false,
        TrainingObserver? observer = null, ValidationSplit? split = null) =>
        Of(definition, new MemorySource(data), settings, normalize, observer, split);

    public static TrainingJob Of(
        NetworkDefinition definition, SequenceSource source, TrainingSettings settings, bool normalize = false,
        TrainingObserver? observer = null, ValidationSplit? split = null)
    {
        int features = definition.NumberCount;
        DataStatistics statistics = DataStatistics.Gather(
            source, hasClasses: !definition.Head.HasValues, split ?? ValidationSplit.None, definition.LabelSize);
        return new()
        {
            Definition = definition,
            Data = source,
            Statistics = statistics,
            Normalization = normalize ? FeatureNormalization.Learn(statistics, features) : FeatureNormalization.None(features),
            Settings = settings,
            Observer = observer ?? new(),
        };
    }
}

/// <summary>Calls a function where a training tells something.</summary>
internal sealed class Observer(
    Action<TrainingState>? batchDone = null, Action<TrainingState>? epochDone = null,
    Action? working = null, Action<Exception>? checkpointFailed = null)
    : TrainingObserver
{
    public override void Working() => working?.Invoke();

    public override void CheckpointFailed(Exception reason) => checkpointFailed?.Invoke(reason);

    public override void BatchDone(TrainingState state) => batchDone?.Invoke(state);

    public override void EpochDone(TrainingState state) => epochDone?.Invoke(state);
}
