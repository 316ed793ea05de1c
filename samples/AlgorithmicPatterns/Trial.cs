using MlNetRecurrent;

namespace AlgorithmicPatterns;

/// <summary>How a kind of network did on a pattern.</summary>
/// <param name="Contestant">The kind of network.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Model">The network that validation chose among the seeds.</param>
/// <param name="Right">What it is right about in the test.</param>
/// <param name="Perfect">The seeds whose networks are right about all.</param>
/// <param name="Seconds">The time of a seed.</param>
public sealed record Trial(Contestant Contestant, Pattern Pattern, RecurrentTransformer Model, double Right, int Perfect, double Seconds)
{
    /// <summary>What the paper says that such networks are right about.</summary>
    public double Paper => Contestant.Paper[Array.IndexOf(Pattern.All, Pattern)];
}
