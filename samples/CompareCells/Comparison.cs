using Microsoft.ML;
using Samples.Shared;
using Spectre.Console;

namespace CompareCells;

/// <summary>How all kinds of networks did on a kind of texts.</summary>
public sealed class Comparison
{
    /// <summary>The longest texts that were learned from, and such as are two and four times as long.</summary>
    public const int Trained = BracketsModel.LongestTrained, Twice = 2 * Trained, FourTimes = 4 * Trained;

    private readonly Brackets _brackets;
    private readonly double[] _guess;

    public Comparison(MLContext mlContext, Brackets brackets)
    {
        _brackets = brackets;
        _guess = BracketsModel.EvaluateGuess(brackets);
        IDataView texts = BracketsModel.LoadTrainingTexts(mlContext, brackets);
        Trials = [.. Contestant.All.Select(contestant => Trial.Run(mlContext, texts, brackets, contestant))];
    }

    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>The network that was best in validation.</summary>
    public Trial Best => Trials.MinBy(trial => trial.ValidationLoss)!;

    public Trial this[Contestant contestant] => Trials.Single(trial => trial.Contestant == contestant);

    /// <summary>The part of the guesses that are right.</summary>
    public double Guess(int length) => _guess[Array.IndexOf(BracketsModel.TestedLengths, length)];

    public void Write()
    {
        int[] lengths = [Trained, Twice, FourTimes];
        string[] columns = ["", "parameters", "learning rate", "s an epoch", .. lengths.Select(length => $"right at {length}")];
        var table = new Table().Title(_brackets.Name).AddColumns(columns);
        table.AddRow(["a guess", "", "", "", .. lengths.Select(length => $"{Guess(length):P1}")]);
        foreach (Trial trial in Trials)
        {
            table.AddRow(
            [
                trial.Contestant.Name, $"{trial.Parameters}", $"{trial.LearningRate}", $"{trial.SecondsAnEpoch:F2}",
                .. lengths.Select(length => $"{trial.At(length):P1}"),
            ]);
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Draws what each network learned epoch by epoch, and how much of it holds for longer texts.</summary>
    public void Draw(string folder)
    {
        Picture.OfLines(
            Path.Combine(folder, $"learning-{_brackets.FileName}.png"),
            $"epoch ({_brackets.Name})",
            "loss in validation (nats)",
            Trials.Select(trial => (trial.Contestant.Name, Epochs(trial.Curve), trial.Curve.ValidationLosses.AsEnumerable())));
        Picture.OfLines(
            Path.Combine(folder, $"lengths-{_brackets.FileName}.png"),
            $"length of the text, learned from up to {Trained} ({_brackets.Name})",
            "right answers (%)",
            Trials.Select(trial => (trial.Contestant.Name, trial.Accuracy)).Append(("a guess", _guess)).Select(line =>
                (line.Item1, BracketsModel.TestedLengths.Select(length => (double)length), line.Item2.Select(part => 100 * part))));

        static IEnumerable<double> Epochs(LearningCurve curve) =>
            Enumerable.Range(1, curve.ValidationLosses.Count).Select(epoch => (double)epoch);
    }
}
