using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Running;

/// <summary>The bars of a run.</summary>
internal sealed class TrainingBars(ProgressContext console)
{
    /// <summary>A bar for as many trainings.</summary>
    public TrainingBar Add(string name, int trainings) => new(console.AddTask(name, maxValue: trainings), name);
}
