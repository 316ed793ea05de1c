using System.Globalization;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>The cost of batches of sequences of different lengths beside that of batches padded to the longest sequence.</summary>
internal static class LengthBenchmark
{
    public static string Run(string text, int shortest, int threads)
    {
        Shape shape = Shape.Parse(text);
        Measurement full = Hardware.WithWidestVectors(new NetworkBenchmark(shape, threads));
        Measurement varied = Hardware.WithWidestVectors(new NetworkBenchmark(shape, threads, shortest));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{text} {threads} lengths {shortest}..{shape.Steps}: training {varied.TrainMilliseconds:F3} ms, "
            + $"{varied.TrainMilliseconds / full.TrainMilliseconds:F2} of the {full.TrainMilliseconds:F3} ms of full length; "
            + $"scoring {varied.InferMilliseconds:F3} ms, "
            + $"{varied.InferMilliseconds / full.InferMilliseconds:F2} of {full.InferMilliseconds:F3} ms");
    }
}
