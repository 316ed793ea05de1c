using System.Diagnostics;
using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Running;

/// <summary>Runs experiments with bars on the console, and prints a table for each.</summary>
internal sealed class ExperimentRunner(DataFolder data, RunSettings settings)
{
    /// <returns>Whether every bar is reached.</returns>
    /// <exception cref="DirectoryNotFoundException">The data set is not there.</exception>
    public bool Run(IExperiment experiment)
    {
        string folder = data.Of(experiment.DataSet);
        var watch = Stopwatch.StartNew();
        IReadOnlyList<Figure> figures = AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(console => experiment.Run(folder, settings, new TrainingBars(console)));
        if (!settings.HasBars)
            figures = [.. figures.Select(figure => figure with { Bar = null })];
        string against = settings.Validate ? ", on a part of the training data" : "";
        AnsiConsole.Write(ResultTable.Of(figures, $"{experiment.Name}: {experiment.DataSet}{against}, {watch.Elapsed.TotalSeconds:F0} s"));
        return figures.All(figure => figure.Bar?.IsReachedBy(figure.Value) ?? true);
    }
}
