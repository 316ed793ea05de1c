using System.Globalization;

namespace MlNetRecurrent;

/// <summary>
/// Shows the progress of a training in the console: a bar that is redrawn, or a line per epoch where the output goes to a file.
/// </summary>
/// <example>
/// <code>var trainer = ml.Regression.Trainers.Lstm("Price", progress: new ConsoleProgress());</code>
/// </example>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    /// <summary>Leaves a terminal of 80 columns room for the loss.</summary>
    private const int BarWidth = 16;

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly Func<int> _width;
    private int _shown;

    /// <summary>Creates a reporter that writes to the standard error stream, so that the output of the program stays as it is.</summary>
    public ConsoleProgress()
        : this(Console.Error, WidthOfConsole)
    {
    }

    /// <param name="writer">Takes the text.</param>
    /// <param name="width">Tells the number of columns of the terminal; 0 where there is none.</param>
    internal ConsoleProgress(TextWriter writer, Func<int> width) => (_writer, _width) = (writer, width);

    /// <summary>Shows the progress. Trainings that run at the same time may share a reporter; the last report is then shown.</summary>
    /// <param name="value">The progress.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            int width = _width();
            if (width > 0)
                Redraw(value, width - 1);
            else if (value.IsEpochDone)
                _writer.WriteLine(value);
        }
    }

    private void Redraw(TrainingProgress value, int width)
    {
        int filled = (int)(BarWidth * value.Fraction);
        string bar = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}]";
        string text = string.Create(CultureInfo.InvariantCulture, $"{bar} {100 * value.Fraction,3:F0}% {value}");
        text = text[..Math.Min(text.Length, Math.Max(0, width))];
        // Blanks cover what is left of a longer text.
        _writer.Write($"\r{text.PadRight(Math.Min(_shown, Math.Max(0, width)))}");
        _shown = text.Length;
        if (!value.IsTrainingDone)
            return;
        _writer.WriteLine();
        _shown = 0;
    }

    private static int WidthOfConsole()
    {
        try
        {
            return Console.IsErrorRedirected ? 0 : Console.WindowWidth;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }
}
