using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds every SIMD width against the scalar reference, on sizes that leave every kind of remainder.</summary>
public sealed unsafe class WidthTests
{
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int, int>();
            for (int batch = 1; batch <= 17; batch++)
                sizes.Add(batch, 1 + batch % 7, 1 + batch * 2);
            sizes.Add(3, 16, 16);
            sizes.Add(9, 33, 64);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Loss_and_gradients_do_not_depend_on_the_width(int batch, int features, int units)
    {
        foreach (CellKind cell in Enum.GetValues<CellKind>())
        {
            (double loss, float[] gradients) = Run<ScalarLane>(cell, batch, features, units);
            AssertSame(loss, gradients, Run<Lanes128>(cell, batch, features, units));
            AssertSame(loss, gradients, Run<Lanes256>(cell, batch, features, units));
            AssertSame(loss, gradients, Run<Lanes512>(cell, batch, features, units));
        }
    }

    private static void AssertSame(double loss, float[] gradients, (double Loss, float[] Gradients) other)
    {
        Assert.Equal(loss, other.Loss);
        Assert.Equal(gradients, other.Gradients);
    }

    private static LayerDefinition LayerOf(CellKind cell, int units) =>
        Cells.Define(cell, units, new()
        {
            NumberOfStacks = 1 + units % 19,
            StackSize = 3,
            Depth = 2,
            HasNoOp = units % 2 == 0,
            HasRecurrentWeights = units % 3 == 0,
            HasBias = true,
        });

    private static (double Loss, float[] Gradients) Run<L>(CellKind cell, int batch, int features, int units)
        where L : unmanaged, IFloatLanes<L>
    {
        var random = new Random(batch);
        int[] lengths = [.. Enumerable.Range(0, batch).Select(_ => 1 + random.Next(6)).OrderDescending()];
        var network = new Network<L, float>(new NetworkDefinition
        {
            Features = features,
            Layers = [LayerOf(cell, units), LayerOf(cell, units + 3)],
            Pooling = batch % 2 == 0 ? Pooling.Mean : Pooling.LastMeanMax,
            Outputs = 3,
        });
        network.Bind(network.Initialize(seed: 7), training: true);
        network.Prepare(lengths, training: true);
        for (int i = 0; i < network.Shape.Rows * features; i++)
            network.Features[i] = (float)(2 * random.NextDouble() - 1);
        float[] labels = [.. lengths.Select(_ => (float)random.Next(3))], weights = [.. lengths.Select(_ => 1f)];
        return (Passes.Run(network, labels, weights), network.Gradients.Span.ToArray());
    }
}
