using System.Diagnostics;
using Microsoft.ML;
using Samples.Shared;

namespace AlgorithmicPatterns;

/// <summary>How a kind of network did on a pattern.</summary>
/// <param name="Contestant">The kind of network.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Model">The network that validation chose among the seeds.</param>
/// <param name="Right">What it is right about in the test.</param>
/// <param name="Perfect">The seeds whose networks are right about all.</param>
/// <param name="Seconds">The time of a seed.</param>
public sealed record Trial(Contestant Contestant, Pattern Pattern, ITransformer Model, double Right, int Perfect, double Seconds)
{
    /// <summary>What the paper says that such networks are right about.</summary>
    public double Paper => Contestant.Paper[Array.IndexOf(Pattern.All, Pattern)];

    /// <summary>Trains a network with each seed, and takes the one that is best in validation.</summary>
    public static Trial Run(MLContext mlContext, Contestant contestant, Pattern pattern, int seeds, int lessons, TrainingBars bars)
    {
        Action lessonDone = bars.Add($"{pattern.Name}: {contestant.Name}", seeds * lessons);
        var clock = Stopwatch.StartNew();
        (ITransformer Model, Exam Validation)[] candidates =
        [
            .. Enumerable.Range(1, seeds)
                .Select(seed => PatternModel.TrainInLessons(mlContext, pattern, contestant.Layer, lessons, seed, lessonDone)),
        ];
        double seconds = clock.Elapsed.TotalSeconds / seeds;
        ITransformer chosen = candidates.Aggregate((best, next) => next.Validation.IsBetterThan(best.Validation) ? next : best).Model;
        double[] right = [.. candidates.Select(candidate => Test(candidate.Model))];
        return new(contestant, pattern, chosen, Test(chosen), right.Count(value => value == 1), seconds);

        double Test(ITransformer model) => PatternModel.Evaluate(mlContext, model, pattern, PatternModel.LargestTested).Right;
    }
}
