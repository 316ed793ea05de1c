using System.Globalization;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>The cost of a CRF beside that of the network below it: a tagger with a CRF, and the same one whose tags are independent.</summary>
internal static class CrfBenchmark
{
    private const int Tags = 20;

    public static string Run(string shape, int threads, int rounds)
    {
        // In turn, so that a machine whose speed varies is fair to both.
        (Measurement Without, Measurement With)[] all =
        [
            .. Enumerable.Range(0, rounds).Select(_ => (Measure(HeadDefinition.Categorical), Measure(new CrfDefinition()))),
        ];
        double[] training = Sorted(all.Select(round => round.With.TrainMilliseconds / round.Without.TrainMilliseconds));
        double[] scoring = Sorted(all.Select(round => round.With.InferMilliseconds / round.Without.InferMilliseconds));
        Measurement last = all[^1].Without;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{shape} {threads} {Tags} tags: a CRF adds {training[rounds / 2] - 1:P0} to the {last.TrainMilliseconds:F2} ms of a training step "
            + $"(rounds {training[0] - 1:P0} to {training[^1] - 1:P0}), "
            + $"{scoring[rounds / 2] - 1:P0} to the {last.InferMilliseconds:F2} ms of scoring a batch");

        Measurement Measure(HeadDefinition head) =>
            Hardware.WithWidestVectors(new NetworkBenchmark(Shape.Parse(shape), threads) { Head = head, TagsOfSteps = Tags });
    }

    private static double[] Sorted(IEnumerable<double> values) => [.. values.Order()];
}
