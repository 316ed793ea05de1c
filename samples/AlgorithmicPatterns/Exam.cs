using Microsoft.ML;
using Microsoft.ML.Data;

namespace AlgorithmicPatterns;

/// <summary>What a network knows of a pattern.</summary>
/// <param name="Right">The part of the numbers n for which it knows every symbol that can be known.</param>
/// <param name="LogLoss">The mean loss over the symbols that can be known, in nats.</param>
public sealed record Exam(double Right, double LogLoss)
{
    /// <summary>Asks for the words that count from one number to another.</summary>
    public static Exam Take(MLContext ml, ITransformer model, Pattern pattern, int from, int to)
    {
        int right = 0, symbols = 0;
        double loss = 0;
        IDataView scored = model.Transform(SymbolSequence.View(ml, pattern, Enumerable.Range(from, to - from + 1)));
        foreach ((int n, float[] score) in Enumerable.Range(from, to - from + 1).Zip(scored.GetColumn<float[]>("Score")))
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
        return new((double)right / (to - from + 1), loss / symbols);
    }

    public bool IsBetterThan(Exam? other) => other is null || Right > other.Right || (Right == other.Right && LogLoss < other.LogLoss);
}
