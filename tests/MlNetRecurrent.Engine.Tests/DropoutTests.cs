using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class DropoutTests
{
    private const int Units = 4000;

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void The_part_that_is_left_out_is_the_rate_and_the_sum_stays_the_same_on_average(float rate)
    {
        double[] dropped = Apply(new(rate, layer: 0), row: 0);
        double part = dropped.Count(value => value == 0) / (double)Units;
        Assert.Equal(rate, part, 0.03);
        Assert.Equal(1, dropped.Average(), 0.25 * rate / (1 - rate));
        Assert.All(dropped, value => Assert.True(value == 0 || Math.Abs(value - 1 / (1 - rate)) < 1e-3));
    }

    [Fact]
    public void Each_layer_row_and_batch_leaves_out_others_and_the_same_ones_each_time()
    {
        double[] one = Apply(new(0.5f, layer: 0), row: 0);
        Assert.Equal(one, Apply(new(0.5f, layer: 0), row: 0));
        double[][] others =
        [
            Apply(new(0.5f, layer: 1), row: 0),
            Apply(new(0.5f, layer: 0), row: 1),
            Apply(new(0.5f, layer: 0) { Seed = 1 }, row: 0),
        ];
        foreach (double[] other in others)
            Assert.InRange(one.Zip(other).Count(pair => pair.First == pair.Second), 0.45 * Units, 0.55 * Units);
    }

    [Fact]
    public void Nothing_is_left_out_when_the_network_scores()
    {
        NetworkDefinition plain = new() { Features = 2, Layers = [new GruDefinition(5), new GruDefinition(5)], Outputs = 2 };
        NetworkDefinition dropping = plain with { Layers = [.. plain.Layers.Select(layer => layer with { Dropout = 0.5f })] };
        Assert.Equal(Outputs(plain, training: false), Outputs(dropping, training: false));
        Assert.NotEqual(Outputs(plain, training: false), Outputs(dropping, training: true));
    }

    private static double[] Apply(DropoutMask<double> mask, int row)
    {
        double[] values = new double[Units];
        Array.Fill(values, 1);
        fixed (double* pointer = values)
            mask.Apply(pointer, pointer, row, Units);
        return values;
    }

    private static double[] Outputs(NetworkDefinition definition, bool training)
    {
        var network = new Network<Kernels.DoubleLane, double>(definition);
        network.Bind(network.Initialize(seed: 1), training: false);
        network.Prepare([3, 2], training: false);
        if (training)
        {
            network.Bind(network.Parameters, training: true);
            network.Prepare([3, 2], training: true);
        }
        new Span<double>(network.Features, network.Shape.Rows * 2).Fill(0.7);
        network.Forward(0, 2);
        return [network.Outputs[0, 0], network.Outputs[0, 1], network.Outputs[1, 0], network.Outputs[1, 1]];
    }
}
