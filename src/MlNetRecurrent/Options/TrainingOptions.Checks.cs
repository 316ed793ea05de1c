using MlNetRecurrent.Checks;

namespace MlNetRecurrent;

/// <content>Checks of the options.</content>
public abstract partial class TrainingOptions
{
    private protected void ValidateOptimization()
    {
        OptionCheck.That(_batchSize is null or (>= 1 and <= 1 << 20), nameof(BatchSize), BatchSize, "between 1 and 1048576");
        OptionCheck.That(_numberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        bool canLearn = _learningRate is null || (float.IsFinite(LearningRate) && LearningRate > 0);
        OptionCheck.That(canLearn, nameof(LearningRate), LearningRate, "a finite number above 0");
        OptionCheck.That(Enum.IsDefined(Optimizer), nameof(Optimizer), Optimizer, ListNames<RecurrentOptimizer>());
        OptionCheck.That(
            Enum.IsDefined(Schedule), nameof(Schedule), Schedule, "Constant, Cosine, OneCycle, HalveOnPlateau or Automatic");
        OptionCheck.That(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "between 0 and 1");
        OptionCheck.That(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        bool canClip = float.IsFinite(GradientClipNorm) && GradientClipNorm >= 0;
        OptionCheck.That(canClip, nameof(GradientClipNorm), GradientClipNorm, "a finite number of at least 0, where 0 sets no limit");
    }

    private protected void ValidateExecution()
    {
        OptionCheck.That(
            NumberOfThreads is >= 0 and <= 1024, nameof(NumberOfThreads), NumberOfThreads, "between 0 and 1024, where 0 takes all cores");
        OptionCheck.That(
            CheckpointInterval >= TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval,
            "at least zero, where zero writes after every epoch");
        OptionCheck.ThatNameIsNotEmpty(CheckpointPath);
    }

    /// <summary>The values of an enum, for messages: "A, B or C".</summary>
    private protected static string ListNames<T>()
        where T : struct, Enum
    {
        string[] names = Enum.GetNames<T>();
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
