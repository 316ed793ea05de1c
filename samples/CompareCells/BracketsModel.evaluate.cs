// Measures a model, and a guess.
using Microsoft.ML;

namespace CompareCells;

public static partial class BracketsModel
{
    /// <summary>The lengths that are asked for, up to four times as long as the longest text that is learned from.</summary>
    public static readonly int[] TestedLengths = [20, 40, 60, 80, 100, 120, 140, 160];

    /// <summary>The part of the answers that are right, for each length.</summary>
    public static double[] Evaluate(MLContext mlContext, ITransformer model, Brackets brackets)
    {
        return [.. TestedLengths.Select(Accuracy)];

        double Accuracy(int length)
        {
            IDataView test = mlContext.Data.LoadFromEnumerable(Test(brackets, length));
            return mlContext.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        }
    }

    /// <summary>The part of the guesses that are right, for each length.</summary>
    public static double[] EvaluateGuess(Brackets brackets) =>
        [.. TestedLengths.Select(length => Test(brackets, length).Average(text => Brackets.Guess(text.Text) == text.Next ? 1.0 : 0.0))];

    private static ModelInput[] Test(Brackets brackets, int length) =>
        [.. brackets.Generate(count: 1000, length, length, seed: 1000 + length)];
}
