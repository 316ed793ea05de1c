using System.Diagnostics;
using System.Globalization;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>The milliseconds of a training step and of scoring a batch, in the line that both programs print.</summary>
internal sealed record Measurement(string Program, Shape Shape, int Threads, double TrainMilliseconds, double InferMilliseconds)
{
    /// <summary>
    /// The median of at least 15 runs and at most a second or 200 runs, as in the peer. Before them go 5 runs that do not count, and as
    /// many more as the JIT needs: in the background, it compiles again what is called often. The preparation is not timed.
    /// </summary>
    public static double Median(Action prepare, Action run)
    {
        var warmUp = Stopwatch.StartNew();
        for (int i = 0; i < 5 || warmUp.Elapsed.TotalSeconds < 1; i++)
        {
            prepare();
            run();
        }
        var all = new List<double>();
        var clock = Stopwatch.StartNew();
        while (all.Count < 15 || (clock.Elapsed.TotalSeconds < 1 && all.Count < 200))
        {
            prepare();
            long start = Stopwatch.GetTimestamp();
            run();
            all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        all.Sort();
        return all[all.Count / 2];
    }

    /// <summary>The same where there is nothing to prepare.</summary>
    public static double Median(Action run) => Median(() => { }, run);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Program} {Shape.Cell} {Shape.Batch} {Shape.Steps} {Shape.Inputs} {Shape.Hidden} {Shape.Layers} {Threads} "
        + $"{TrainMilliseconds:F3} {InferMilliseconds:F3}");

    /// <summary>The floating-point operations of the matrix products in a second, as a part of a core's peak times the threads.</summary>
    public string BesidePeak(double peak) => string.Create(
        CultureInfo.InvariantCulture,
        $"peak {Threads} x {peak / 1e9:F0} GFLOP/s; "
        + $"training {1e3 * Shape.TrainFlops / TrainMilliseconds / (peak * Threads):P0} of it, "
        + $"scoring {1e3 * Shape.InferFlops / InferMilliseconds / (peak * Threads):P0}");

    /// <summary>Reads a line; null where it is none.</summary>
    public static Measurement? Parse(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length != 10)
            return null;
        return new(
            parts[0], Shape.Parse(string.Join('.', parts[1..7])), int.Parse(parts[7], CultureInfo.InvariantCulture),
            double.Parse(parts[8], CultureInfo.InvariantCulture), double.Parse(parts[9], CultureInfo.InvariantCulture));
    }
}
