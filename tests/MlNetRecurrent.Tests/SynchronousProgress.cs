namespace MlNetRecurrent.Tests;

/// <summary>Progress that is told on the thread that trains.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
