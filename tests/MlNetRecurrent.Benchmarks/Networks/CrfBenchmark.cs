using System.Globalization;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>The cost of a CRF: the times of a tagger with a CRF beside those of the same one with independent tags.</summary>
internal static class CrfBenchmark
{
    private const int Tags = 20;

    public static string Run(string shape, int threads, int rounds)
    {
        List<Measurement> without = [], with = [];
        for (int round = 0; round < rounds; round++)
        {
            without.Add(Measure(HeadDefinition.Categorical));
            with.Add(Measure(new CrfDefinition()));
        }
        return $"{shape} {threads} {Tags} tags: {Compare("a training step", time => time.TrainMilliseconds)}; "
            + Compare("scoring a batch", time => time.InferMilliseconds);

        // The fastest round of each: a machine that does other work meanwhile only adds to a time.
        string Compare(string work, Func<Measurement, double> time)
        {
            double network = without.Min(time), all = with.Min(time);
            return string.Create(
                CultureInfo.InvariantCulture, $"{work} {network:F2} ms, with a CRF {all:F2} ms, {all / network - 1:P0} more");
        }

        Measurement Measure(HeadDefinition head) =>
            Hardware.WithWidestVectors(new NetworkBenchmark(Shape.Parse(shape), threads) { Head = head, TagsOfSteps = Tags });
    }
}
