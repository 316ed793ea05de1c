using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

public sealed class SeedTests
{
    [Fact]
    public void Each_seed_purpose_and_counter_has_a_seed_of_its_own()
    {
        int[] purposes = [SeedSequence.Weights, SeedSequence.Shuffle, SeedSequence.Dropout, SeedSequence.Split, SeedSequence.WeightNoise,
            SeedSequence.Tokens];
        int[] seeds = [.. from seed in (int[])[0, 1, 2, -1, int.MaxValue] from purpose in purposes from counter in Enumerable.Range(0,
            20) select SeedSequence.Derive(seed, purpose, counter)];
        Assert.Equal(5 * 6 * 20, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.InRange(seed, 0, int.MaxValue));
    }

    [Fact]
    public void The_seed_of_a_training_says_its_first_weights()
    {
        float[] First(int seed) =>
            TrainedNetwork.Train(
            Jobs.Of(new() { Features = 1, Layers = [new GruDefinition(5)], Outputs = 2 }, BiasModel.Data((0, 1), (1, 1)),
            BiasModel.Settings with { Seed = seed })).Network.Parameters.Values.Span.ToArray();
        Assert.Equal(First(1), First(1));
        Assert.Equal(4, ((int[])[1, 2, 3, 4]).Select(seed => string.Join(' ', First(seed))).Distinct().Count());
    }

    [Fact]
    public void No_two_weights_of_a_new_network_are_alike()
    {
        LayerDefinition layer = new GruDefinition(4) { Bidirectional = true };
        var network = new Network<Kernels.ScalarLane,
            float>(new NetworkDefinition { Features = 8, Tokens = 9, Layers = [layer, layer, layer], Outputs = 3 });
        Parameters<float> parameters = network.Initialize(seed: 1);
        float[] weights = [.. network.Tensors.Where(tensor => tensor.Name.Contains("weight", StringComparison.Ordinal)).SelectMany(tensor =>
            Enumerable.Range(0, (int)tensor.Count)
                .Select(i => parameters.Values.Span[(int)tensor.Position(i / tensor.Columns, i % tensor.Columns)]))];
        Assert.InRange(weights.Distinct().Count(), 0.999 * weights.Length, weights.Length);
    }

    [Fact]
    public void Embeddings_begin_within_a_twentieth_of_zero()
    {
        var network = new Network<Kernels.ScalarLane,
            float>(new NetworkDefinition { Features = 20, Tokens = 50, Layers = [new GruDefinition(4)], Outputs = 3 });
        Parameters<float> parameters = network.Initialize(seed: 1);
        ParameterTensor table = network.Tensors.First();
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => parameters.Values.Span[(int)table.Position(i / 20, i % 20)])];
        Assert.InRange(values.Max(), 0.049f, 0.05f);
        Assert.InRange(values.Min(), -0.05f, -0.049f);
        Assert.InRange(values.Average(), -0.003, 0.003);
    }
}
