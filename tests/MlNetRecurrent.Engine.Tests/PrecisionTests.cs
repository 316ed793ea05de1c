using System.Numerics;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>
/// Checks single precision, whose kernels differ from those of double in places, against double, on which the gradients are checked.
/// </summary>
public sealed unsafe class PrecisionTests
{
    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int>();
            foreach (string cell in new[] { "Elman", "Lstm", "Gru", "GruResetBefore" })
            {
                cases.Add(cell, 1, 5, 20);
                cases.Add(cell, 2, 4, 7);
                cases.Add(cell, 5, 3, 33);
                cases.Add(cell, 21, 70, 140);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_in_single_precision_equal_those_in_double(string cell, int batch, int features, int units)
    {
        double[] exact = Gradients<DoubleLane, double>(cell, batch, features, units);
        double[] single = Gradients<Lanes256, float>(cell, batch, features, units);
        double largest = exact.Max(Math.Abs);
        Assert.InRange(largest, 1e-3, 10);
        Assert.InRange(exact.Zip(single, (a, b) => Math.Abs(a - b)).Max() / largest, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_that_keeps_nothing_for_a_way_back_gives_the_same_outputs(string cell, int batch, int features, int units)
    {
        foreach (double size in new[] { 1.0, 100.0 })
        {
            double[] exact = Outputs<DoubleLane, double>(cell, batch, features, units, training: true, size);
            AssertNear(exact, Outputs<DoubleLane, double>(cell, batch, features, units, training: false, size), 1e-10);
            AssertNear(
                Outputs<Lanes512, float>(cell, batch, features, units, training: true, size),
                Outputs<Lanes512, float>(cell, batch, features, units, training: false, size), 1e-5);
            double[] scalar = Outputs<ScalarLane, float>(cell, batch, features, units, training: false, size);
            Assert.Equal(scalar, Outputs<Lanes128, float>(cell, batch, features, units, training: false, size));
            Assert.Equal(scalar, Outputs<Lanes256, float>(cell, batch, features, units, training: false, size));
            Assert.Equal(scalar, Outputs<Lanes512, float>(cell, batch, features, units, training: false, size));
        }
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.All(double.IsFinite));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    private static double[] Gradients<L, T>(string cell, int batch, int features, int units)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<L, T> network = Create<L, T>(cell, batch, features, units, training: true, size: 1);
        float[] labels = [.. Enumerable.Range(0, batch).Select(i => (float)(i % 3))], weights = [.. labels.Select(_ => 1f)];
        Passes.Run(network, labels, weights);
        return [.. network.Gradients.Span.ToArray().Select(double.CreateTruncating)];
    }

    private static double[] Outputs<L, T>(string cell, int batch, int features, int units, bool training, double size)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<L, T> network = Create<L, T>(cell, batch, features, units, training, size);
        network.Forward(0, batch);
        int width = network.Definition.Outputs;
        return [.. Enumerable.Range(0, batch * width).Select(i => double.CreateTruncating(network.Outputs[i / width, i % width]))];
    }

    /// <summary>
    /// Creates the same network and batch in any precision, ready for the forward pass. Large features drive the gates to their ends.
    /// </summary>
    private static Network<L, T> Create<L, T>(string cell, int batch, int features, int units, bool training, double size)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(batch);
        CellKind kind = Enum.Parse<CellKind>(cell);
        LayerDefinition[] layers = [Cells.Define(kind, units), Cells.Define(kind, units + 1)];
        var network = new Network<L, T>(new NetworkDefinition { Features = features, Layers = layers, Outputs = 3 });
        network.Bind(network.Initialize(seed: 3), training);
        int[] lengths = [.. Enumerable.Range(0, batch).Select(_ => 5 + random.Next(6)).OrderDescending()];
        network.Prepare(lengths, training);
        for (int i = 0; i < network.Shape.Rows * features; i++)
            network.Features[i] = T.CreateTruncating((float)(size * (2 * random.NextDouble() - 1)));
        return network;
    }
}
