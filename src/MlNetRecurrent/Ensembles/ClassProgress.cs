namespace MlNetRecurrent.Ensembles;

/// <summary>Reports the progress of the network of one class, with the name of the class.</summary>
internal sealed class ClassProgress(IProgress<TrainingProgress> progress, string className) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => progress.Report(value with { ClassName = className });
}
