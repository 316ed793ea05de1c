using MlNetRecurrent;
using Spectre.Console;

namespace SeattleWeather;

/// <summary>Shows a training on a bar of the console.</summary>
public sealed class ProgressBar(ProgressTask bar) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        bar.Value = value.Fraction;
        bar.Description = $"LSTM, epoch {value.Epoch}/{value.NumberOfEpochs}, loss {value.Loss:F3}, {value.SequencesPerSecond:F0} windows/s, {value.TimeLeft.TotalSeconds:F1} s left";
    }
}
