using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Running;

/// <summary>Shows one or more trainings, one after the other, on a bar of the console, and keeps the time of their epochs.</summary>
/// <param name="task">The bar.</param>
/// <param name="name">What is trained.</param>
internal sealed class TrainingBar(ProgressTask task, string name) : IProgress<TrainingProgress>
{
    private readonly List<double> _epochSeconds = [];
    private TimeSpan _epochBegan;
    private int _trainingsDone;

    /// <summary>The seconds of each epoch of each training so far.</summary>
    public IReadOnlyList<double> EpochSeconds => _epochSeconds;

    public void Report(TrainingProgress value)
    {
        task.Value = _trainingsDone + value.Fraction;
        task.Description = $"{name}, {_trainingsDone + 1} of {task.MaxValue:F0}: epoch {value.Epoch}/{value.NumberOfEpochs}, "
            + $"loss {value.Loss:F4}, {value.SequencesPerSecond:F0} sequences/s";
        if (!value.IsEpochDone)
            return;
        _epochSeconds.Add((value.Elapsed - _epochBegan).TotalSeconds);
        _epochBegan = value.IsTrainingDone ? TimeSpan.Zero : value.Elapsed;
        _trainingsDone += value.IsTrainingDone ? 1 : 0;
    }
}
