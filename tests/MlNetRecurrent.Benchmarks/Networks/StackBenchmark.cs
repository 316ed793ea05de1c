using System.Globalization;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>What ten stacks of 64 elements cost beside the same hidden units without.</summary>
internal static class StackBenchmark
{
    public static string Run(string size, int threads)
    {
        Measurement plain = Measure("rnn"), stacks = Measure("stack"), all = Measure("stackall");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{size} {threads} training {plain.TrainMilliseconds:F3} ms; with stacks {stacks.TrainMilliseconds:F3} ms, "
            + $"{plain.TrainMilliseconds / stacks.TrainMilliseconds:F2} of the steps a second; "
            + $"with NO-OP, recurrent weights and biases too {all.TrainMilliseconds:F3} ms, "
            + $"{plain.TrainMilliseconds / all.TrainMilliseconds:F2}");

        Measurement Measure(string cell) => Hardware.WithWidestVectors(new NetworkBenchmark(Shape.Parse($"{cell}.{size}"), threads));
    }
}
