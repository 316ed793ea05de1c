using MlNetRecurrent;
using Spectre.Console;

namespace Samples.Shared;

/// <summary>Shows trainings as progress bars of the console, one a training.</summary>
public sealed class TrainingBars
{
    /// <summary>Leaves a terminal of 80 columns enough for the words beside the bar, and those of this width for all of them.</summary>
    private const int BarWidth = 16, WidthForAll = 120;

    private readonly ProgressContext _console;

    private TrainingBars(ProgressContext console) => _console = console;

    /// <summary>Does work that trains one or several networks, while their bars are shown.</summary>
    public static T Show<T>(Func<TrainingBars, T> work)
    {
        Tables.FitToOutput();
        return AnsiConsole.Progress()
            .Columns(
                new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(console => work(new(console)));
    }

    /// <summary>A bar for one more training.</summary>
    public IProgress<TrainingProgress> Add(string name) => new Bar(_console.AddTask(Markup.Escape(name), maxValue: 1), name);

    /// <summary>A bar for trainings that are so short that each is but a step of it, and what takes such a step.</summary>
    public Action Add(string name, int trainings)
    {
        ProgressTask task = _console.AddTask(Markup.Escape(name), maxValue: trainings);
        return () => task.Increment(1);
    }

    private sealed class Bar(ProgressTask task, string name) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.Value = value.Fraction;
            bool hasRoom = AnsiConsole.Profile.Width >= WidthForAll;
            string validation = value.ValidationLoss is double loss ? $"{(hasRoom ? ", validation " : "/")}{loss:F3}" : "";
            string rate = hasRoom ? $", {value.SequencesPerSecond:F0} sequences/s" : "";
            task.Description = $"{Markup.Escape(name)}, epoch {value.Epoch}/{value.NumberOfEpochs}, "
                + $"loss {value.Loss:F3}{validation}{rate}, {value.TimeLeft.TotalSeconds:F0} s left";
        }
    }
}
