using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>
/// What a training leaves out, seen through the losses of equal sequences that go through single units: each of the tests has one sequence
/// weigh 1 and the others nothing, so that its loss tells what was left out of it.
/// </summary>
public sealed unsafe class DropoutInTrainingTests
{
    private const int Sequences = 64, Shards = 4, OfAShard = Sequences / Shards;

    [Theory]
    [InlineData("pooled")]
    [InlineData("between layers")]
    [InlineData("every step")]
    public void Each_step_and_each_shard_leaves_out_others(string place)
    {
        using var team = new WorkerTeam(1);
        string[] masks = [.. Enumerable.Range(0, 3).SelectMany(step => Masks(place, team, step, seed: 1).Chunk(OfAShard))
            .Select(mask => new string(mask))];
        Assert.All(masks, mask => Assert.InRange(mask.Count(unit => unit == '0'), 2, OfAShard - 2));
        Assert.Equal(3 * Shards, masks.Distinct().Count());
    }

    [Theory]
    [InlineData("pooled")]
    [InlineData("between layers")]
    [InlineData("every step")]
    public void The_seed_and_the_step_say_what_is_left_out_and_not_the_number_of_workers(string place)
    {
        using WorkerTeam one = new(1), three = new(3);
        char[] expected = Masks(place, one, step: 1, seed: 1);
        Assert.Equal(expected, Masks(place, one, step: 1, seed: 1));
        Assert.Equal(expected, Masks(place, three, step: 1, seed: 1));
        Assert.NotEqual(expected, Masks(place, one, step: 1, seed: 2));
    }

    [Fact]
    public void Each_window_of_time_leaves_out_others()
    {
        using var team = new WorkerTeam(1);
        var masks = new List<string>();
        foreach ((int step, int seed) in ((int, int)[])[(0, 1), (1, 1), (0, 2)])
        {
            (char First, char Second)[] found = [.. Enumerable.Range(0, Sequences)
                .Select(sequence => WindowMasks(team, sequence, step, seed))];
            Assert.InRange(found.Count(mask => mask.First == mask.Second), Sequences / 4, 3 * Sequences / 4);
            masks.AddRange(found.Select(mask => mask.First).Chunk(OfAShard).Select(mask => new string(mask)));
            masks.AddRange(found.Select(mask => mask.Second).Chunk(OfAShard).Select(mask => new string(mask)));
        }
        Assert.All(masks, mask => Assert.InRange(mask.Count(unit => unit == '0'), 2, OfAShard - 2));
        Assert.Equal(3 * 2 * Shards, masks.Distinct().Count());
    }

    [Fact]
    public void Each_layer_leaves_out_others()
    {
        // With nothing but ones, each of the three sequences of units that are left out shows in what the layers put out.
        LayerDefinition layer = new ElmanDefinition(40) { Dropout = 0.5f };
        var network = new Network<ScalarLane, float>(new NetworkDefinition { Features = 1, Layers = [layer, layer, layer], Outputs = 1 });
        network.Bind(network.Initialize(seed: 1), training: true);
        network.Prepare([1], training: true);
        network.Seed = 1;
        network.Features[0] = 1;
        network.Forward(0, 1);
        string[] masks = [Mask(network.Layers[1].Outputs), Mask(network.Layers[3].Outputs), Mask(network.Encoding)];
        Assert.Equal(3, masks.Distinct().Count());
        Assert.All(masks, mask => Assert.InRange(mask.Count(unit => unit == '0'), 10, 30));
        for (int i = 0; i < masks.Length; i++)
            Assert.InRange(masks[i].Zip(masks[(i + 1) % 3]).Count(pair => pair.First == pair.Second), 8, 32);

        static string Mask(RowMatrix<float> outputs) =>
            string.Concat(Enumerable.Range(0, 40).Select(unit => outputs.Row(0)[unit] == 0 ? '0' : '1'));
    }

    [Fact]
    public void Each_step_of_a_training_leaves_out_other_tokens()
    {
        // The output is 1 for the token and 0 for the unknown one.
        var definition = new NetworkDefinition
        {
            Features = 1,
            Tokens = 2,
            Layers = [new ElmanRectifierDefinition(1)],
            Outputs = 1,
            Head = HeadDefinition.Value
        };
        using var team = new WorkerTeam(1);
        string[] masks = [.. Enumerable.Range(0, 3)
            .SelectMany(step => (int[])[1, 2], (step, seed) => string.Concat(Enumerable.Range(0, Sequences).Select(sequence =>
        {
            var data = new SequenceSet(0);
            for (int i = 0; i < Sequences; i++)
                data.Add([1], label: 0, weight: i == sequence ? 1 : 0);
            TrainingStep<Lanes256> training = NewStep(definition, team, seed, step, tokenDropout: 0.5, ("embedding.weight", 1, 1));
            training.Load(data, [.. Enumerable.Range(0, Sequences)]);
            return training.Run(1, learningRate: 0).Loss > 0.5 ? '1' : '0';
        }))).SelectMany(mask => mask.Chunk(OfAShard)).Select(mask => new string(mask))];
        Assert.All(masks, mask => Assert.InRange(mask.Count(token => token == '0'), 2, OfAShard - 2));
        Assert.Equal(6 * Shards, masks.Distinct().Count());
    }

    /// <summary>For each sequence of a batch: whether its unit is left out.</summary>
    private static char[] Masks(string place, WorkerTeam team, int step, int seed)
    {
        LayerDefinition unit = new ElmanRectifierDefinition(1), dropping = unit with { Dropout = 0.5f };
        NetworkDefinition definition = BiasModel.Definition with
        {
            Layers = place == "between layers" ? [dropping, unit] : [dropping],
            EveryStep = place == "every step"
        };
        return [.. Enumerable.Range(0, Sequences).Select(sequence =>
        {
            TrainingStep<Lanes256> training = NewStep(definition, team, seed, step);
            training.Load(Data(steps: 1, sequence), [.. Enumerable.Range(0, Sequences)]);
            return training.Run(1, learningRate: 0).Loss > 0 ? '1' : '0';
        })];
    }

    /// <summary>Whether the unit of a sequence is left out of the first of its two windows, and of the second.</summary>
    private static (char First, char Second) WindowMasks(WorkerTeam team, int sequence, int step, int seed)
    {
        LayerDefinition unit = new ElmanRectifierDefinition(1);
        TrainingStep<Lanes256> training = NewStep(BiasModel.Definition with { Layers = [unit with { Dropout = 0.5f }, unit] }, team, seed,
            step, tokenDropout: 0, ("layers.1.weight_hh", 0, 0.25f));
        SequenceSet data = Data(steps: 2, sequence);
        int[] all = [.. Enumerable.Range(0, Sequences)];
        training.Load(data, all, new(1, 1), isFirst: true);
        training.ForwardOnly();
        training.Load(data, all, new(1, 0), isFirst: false);
        // What is not left out is 2. Of the first window a quarter is left, so that the output is 2 · second + first / 2.
        double output = Math.Sqrt(training.Run(1, learningRate: 0).Loss);
        Assert.Contains((double[])[0, 0.5, 2, 2.5], possible => Math.Abs(possible - output) < 1e-3);
        return (output is > 0.25 and < 1 or > 2.25 ? '1' : '0', output > 1 ? '1' : '0');
    }

    private static SequenceSet Data(int steps, int heavy)
    {
        var data = new SequenceSet(1);
        for (int i = 0; i < Sequences; i++)
            data.Add([.. Enumerable.Repeat(1f, steps)], label: 0, weight: i == heavy ? 1 : 0);
        return data;
    }

    /// <summary>
    /// A step of a training, with so many behind it, of a network whose weights are 1, but for those of the state and those that are given.
    /// </summary>
    private static TrainingStep<Lanes256> NewStep(NetworkDefinition definition, WorkerTeam team, int seed, int step,
        double tokenDropout = 0, params (string Tensor, int Row, float Value)[] weights)
    {
        var network = new Network<Lanes256, float>(definition);
        string[] ones = [.. network.Tensors.Select(tensor => tensor.Name)
            .Where(name => name.EndsWith("weight_ih", StringComparison.Ordinal) || name == "head.weight")];
        network.Bind(BiasModel.Weights(definition, [.. ones.Select(name => (name, 0, 1f)), .. weights]), training: true);
        var settings = new TrainingSettings
        {
            NumberOfEpochs = 1,
            BatchSize = 1,
            LearningRate = 0,
            TokenDropout = tokenDropout,
            Seed = seed
        };
        var made = new TrainingStep<Lanes256>(network, FeatureNormalization.None(1), TargetTransform.None, team, settings);
        made.Optimizer.Steps = step;
        return made;
    }
}
