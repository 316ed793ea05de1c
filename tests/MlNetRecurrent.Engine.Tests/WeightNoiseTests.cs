using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

public sealed class WeightNoiseTests
{
    private const int Seed = 3;

    private readonly Network<ScalarLane, float> _network =
        new(new NetworkDefinition { Features = 5, Layers = [new GruDefinition(37)], Outputs = 3 });

    [Fact]
    public void It_is_normally_distributed_over_the_weights_and_leaves_the_padding_alone()
    {
        Parameters<float> parameters = _network.Initialize(Seed);
        float[] before = parameters.Values.Span.ToArray();
        new WeightNoise(parameters, _network.Tensors, deviation: 0.5, Seed).Add(step: 1, WorkSlice.Whole);
        HashSet<int> weights = [.. _network.Tensors.SelectMany(Places)];
        double[] noise = [.. weights.Select(place => (double)parameters.Values.Span[place] - before[place])];
        Assert.InRange(noise.Average(), -0.03, 0.03);
        Assert.InRange(Math.Sqrt(noise.Average(value => value * value)), 0.48, 0.52);
        Assert.InRange(noise.Count(value => Math.Abs(value) > 1) / (double)noise.Length, 0.035, 0.056);
        Assert.All(
            Enumerable.Range(0, before.Length).Where(place => !weights.Contains(place)),
            place => Assert.Equal(before[place], parameters.Values.Span[place]));
    }

    [Fact]
    public void It_goes_away_without_a_trace_and_is_another_at_each_step()
    {
        Parameters<float> parameters = _network.Initialize(Seed);
        float[] before = parameters.Values.Span.ToArray();
        var noise = new WeightNoise(parameters, _network.Tensors, deviation: 0.5, Seed);
        float[] Noisy(int step, int workers)
        {
            for (int i = 0; i < workers; i++)
                noise.Add(step, new(i, workers));
            float[] noisy = parameters.Values.Span.ToArray();
            for (int i = 0; i < workers; i++)
                noise.Remove(new(i, workers));
            Assert.Equal(before, parameters.Values.Span.ToArray());
            return noisy;
        }
        Assert.Equal(Noisy(1, workers: 1), Noisy(1, workers: 3));
        Assert.NotEqual(Noisy(1, workers: 1), Noisy(2, workers: 1));
    }

    private static IEnumerable<int> Places(ParameterTensor tensor) =>
        Enumerable.Range(0, (int)tensor.Count).Select(i => (int)tensor.Position(i / tensor.Columns, i % tensor.Columns));
}
