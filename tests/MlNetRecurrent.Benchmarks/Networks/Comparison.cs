using System.Globalization;
using MlNetRecurrent.Benchmarks.Kernels;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>Both programs in turn on one shape, some rounds, so that a machine whose speed varies is fair to both.</summary>
/// <param name="shape">The network and the batch.</param>
/// <param name="threads">Threads of both programs.</param>
/// <param name="peer">The command of the peer, or null for none.</param>
internal sealed class Comparison(string shape, int threads, string? peer)
{
    public void Run(int rounds)
    {
        var peaks = new List<double>();
        List<Measurement> ours = [], theirs = [];
        for (int round = 0; round < rounds; round++)
        {
            peaks.Add(PeakRate.Measure());
            ours.Add(Hardware.WithWidestVectors(new NetworkBenchmark(Shape.Parse(shape), threads)));
            if (peer is not null)
                theirs.Add(new PeerProcess(peer).Measure(shape, threads));
        }
        Measurement our = MedianOf(ours);
        Console.WriteLine(our);
        Console.WriteLine(our.BesidePeak(Median(peaks)));
        if (theirs.Count == 0)
            return;
        Console.WriteLine(MedianOf(theirs));
        double train = Median(ours.Zip(theirs, (our, their) => their.TrainMilliseconds / our.TrainMilliseconds));
        double infer = Median(ours.Zip(theirs, (our, their) => their.InferMilliseconds / our.InferMilliseconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {shape} {threads} train {train:F2} infer {infer:F2}"));
    }

    private static Measurement MedianOf(IReadOnlyCollection<Measurement> all) => all.First() with
    {
        TrainMilliseconds = Median(all.Select(one => one.TrainMilliseconds)),
        InferMilliseconds = Median(all.Select(one => one.InferMilliseconds)),
    };

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
