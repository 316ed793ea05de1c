namespace AlgorithmicPatterns;

/// <summary>What a network knows of a pattern.</summary>
/// <param name="Right">The part of the numbers n for which it knows every symbol that can be known.</param>
/// <param name="LogLoss">The mean loss over the symbols that can be known, in nats.</param>
public sealed record Exam(double Right, double LogLoss)
{
    public bool IsBetterThan(Exam? other) => other is null || Right > other.Right || (Right == other.Right && LogLoss < other.LogLoss);
}
