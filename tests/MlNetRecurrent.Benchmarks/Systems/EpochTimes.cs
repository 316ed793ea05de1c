namespace MlNetRecurrent.Benchmarks.Systems;

/// <summary>The seconds of the fastest epoch of a training.</summary>
internal sealed class EpochTimes : IProgress<TrainingProgress>
{
    private TimeSpan _last;

    public double Best { get; private set; } = double.MaxValue;

    public void Report(TrainingProgress value)
    {
        if (!value.IsEpochDone)
            return;
        Best = Math.Min(Best, (value.Elapsed - _last).TotalSeconds);
        _last = value.Elapsed;
    }
}
