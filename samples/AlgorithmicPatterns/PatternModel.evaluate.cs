// Measures a model.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AlgorithmicPatterns;

public static partial class PatternModel
{
    /// <summary>The largest n that validation asks about, and that the test asks about.</summary>
    public const int LargestValidated = 19, LargestTested = 59;

    /// <summary>Asks for all words up to the one that counts to a number.</summary>
    public static Exam Evaluate(MLContext mlContext, ITransformer model, Pattern pattern, int largest)
    {
        int[] numbers = [.. Enumerable.Range(Smallest, largest - Smallest + 1)];
        int right = 0, symbols = 0;
        double loss = 0;
        IDataView scored = model.Transform(LoadWords(mlContext, pattern, numbers));
        foreach ((int n, float[] score) in numbers.Zip(scored.GetColumn<float[]>(nameof(ModelOutput.Score))))
        {
            string next = pattern.Next(n);
            bool all = true;
            for (int t = Pattern.FirstKnown(n); t < next.Length; t++, symbols++)
            {
                ReadOnlySpan<float> probabilities = score.AsSpan(t * pattern.Symbols, pattern.Symbols);
                float probability = probabilities[next[t] - 'a'];
                all &= probabilities.IndexOfAnyInRange(MathF.BitIncrement(probability), float.MaxValue) < 0;
                loss -= Math.Log(Math.Max(probability, 1e-15f));
            }
            right += all ? 1 : 0;
        }
        return new((double)right / numbers.Length, loss / symbols);
    }
}
