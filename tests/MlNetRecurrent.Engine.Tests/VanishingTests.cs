using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Numbers so small that processors are slow with them do not last.</summary>
public sealed unsafe class VanishingTests
{
    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-38f, 0f)]
    [InlineData(-1e-30f, 0f)]
    [InlineData(3e-9f, 3e-9f)]
    [InlineData(-0.001f, -0.001f)]
    [InlineData(12345f, 12345f)]
    public void A_gradient_is_kept_but_for_what_is_far_below_any_that_matters(float x, float expected) =>
        Assert.Equal(expected, Value(FlushToZero<ScalarLane, float>.Gradient(ScalarLane.Broadcast(x))), 1e-23f);

    [Fact]
    public void A_gradient_that_is_no_number_stays_one() =>
        Assert.Equal(float.NaN, Value(FlushToZero<ScalarLane, float>.Gradient(ScalarLane.Broadcast(float.NaN))));

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.GruResetBefore)]
    internal void A_gradient_that_goes_back_through_hundreds_of_steps_is_zero_before_it_is_too_small_to_compute_with(CellKind cell)
    {
        const int features = 3;
        LayerDefinition[] layers = [Cells.Define(cell, 8)];
        var network = new Network<Lanes256, float>(new NetworkDefinition { Features = features, Layers = layers, Outputs = 2 });
        network.Bind(network.Initialize(1), training: true);
        Module<Lanes256, float> layer = network.Layers[0];
        layer.InitialStateGradientWanted = true;
        int[] lengths = [.. Enumerable.Range(0, 100).Select(i => 793 - 8 * i)];
        network.Prepare(lengths, training: true);
        var random = new Random(1);
        foreach (ref float x in new Span<float>(network.Features, lengths.Sum() * features))
            x = 6 * random.NextSingle() - 3;
        float[] labels = new float[lengths.Length], weights = [.. Enumerable.Repeat(1f, lengths.Length)];
        Passes.Run(network, labels, weights);
        float Largest(int sequence) => InitialStateGradient(layer, sequence)[..8].Max(Math.Abs);
        float[] largest = [.. Enumerable.Range(0, lengths.Length).Select(Largest)];
        Assert.True(largest[^1] > 1e-5, $"{largest[^1]} has come back one step");
        Assert.Equal(0, largest[0]);
        Assert.DoesNotContain(largest, x => x is > 0 and < 1e-32f);
    }

    [Fact]
    public void Averages_of_gradients_that_come_no_more_stay_large_enough_to_compute_with()
    {
        var adam = new Adam<ScalarLane, float>(16);
        PinnedBuffer<float> weights = new(16), gradients = new(16);
        gradients.Span.Fill(0.5f);
        adam.NextStep(0.01);
        adam.Update(weights.Pointer, gradients.Pointer, gradientScale: 1, 0, 16);
        gradients.Span.Clear();
        for (int step = 0; step < 1000; step++)
        {
            adam.NextStep(0.01);
            adam.Update(weights.Pointer, gradients.Pointer, gradientScale: 1, 0, 16);
        }
        Assert.All(adam.Memory[0].Span.ToArray(), m => Assert.True(m is 0 or > 1e-30f and < 1e-20f, $"the average is {m}"));
        Assert.All(weights.Span.ToArray(), w => Assert.True(w < -0.01, "the weights have hardly moved"));
    }

    private static float Value(ScalarLane lane)
    {
        float value;
        ScalarLane.Store(lane, &value);
        return value;
    }

    private static unsafe float[] InitialStateGradient(Module<Lanes256, float> layer, int sequence)
    {
        var gradient = new float[layer.StateSize];
        fixed (float* target = gradient)
            layer.CopyInitialStateGradient(sequence, target);
        return gradient;
    }
}
