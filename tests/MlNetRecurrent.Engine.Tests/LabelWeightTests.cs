using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Weights of single steps.</summary>
public sealed unsafe class LabelWeightTests
{
    private static readonly NetworkDefinition _tagger = BiasModel.Definition with { EveryStep = true };

    public static TheoryData<string> Heads => ["SoftmaxCrossEntropy", "SigmoidCrossEntropy", "SquaredError"];

    [Theory]
    [MemberData(nameof(Heads))]
    public void Gradients_equal_central_differences(string head)
    {
        var test = new NetworkCase(Tagger(head), [6, 5, 5, 3, 1]);
        test.Loss();
        double[] gradients = test.Network.Gradients.Span.ToArray();
        double* weights = test.Network.Parameters.Values.Pointer;
        foreach (ParameterTensor tensor in test.Network.Tensors)
        {
            nint Place(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
            CentralDifference.AssertEqual(
                tensor.Name, [.. Enumerable.Range(0, (int)tensor.Count).Select(i => gradients[Place(i)])],
                i => weights[Place(i)], (i, value) => weights[Place(i)] = value, () => test.Loss(only: true));
        }
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_step_of_weight_2_has_its_gradient_twice(string head)
    {
        double[] once = Gradients(head, [1, 1, 1]), alone = Gradients(head, [0, 1, 0]), twice = Gradients(head, [1, 2, 1]);
        Assert.Contains(alone, gradient => Math.Abs(gradient) > 1e-3);
        Assert.Equal(once.Zip(alone, (x, y) => x + y), twice, (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void The_loss_is_the_weighted_mean_however_batches_and_windows_are_cut()
    {
        const double expected = (0.5 * 1 + 2 * 9 + 3 * 4 + 1 * 16) / (0.5 + 2 + 3 + 1);
        foreach ((int batchSize, int truncatedSteps) in ((int, int)[])[(1, 0), (3, 0), (3, 1), (2, 2)])
        {
            TrainingSettings settings = BiasModel.Settings with { BatchSize = batchSize, TruncatedSteps = truncatedSteps };
            Assert.Equal(expected, TrainedNetwork.Train(BiasModel.Job(_tagger, Tagged(), settings, [0])).Last.Loss, 1e-6);
        }
    }

    [Fact]
    public void The_validation_loss_is_weighted_too()
    {
        var states = new List<TrainingState>();
        TrainedNetwork.Train(BiasModel.Job(
            _tagger, Tagged(), BiasModel.Settings, [0], new Observer(epochDone: states.Add), ValidationSplit.From(1)));
        Assert.Equal((3 * 4 + 1 * 16) / 4.0, states[0].ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void Statistics_are_those_of_the_steps_and_features_have_the_mean_weight_of_the_labels()
    {
        DataStatistics statistics = DataStatistics.Of(Tagged(), hasClasses: true);
        Assert.Equal((3, 6L, 4L, 6.5), (statistics.Count, statistics.Steps, statistics.Targets, statistics.TotalWeight));
        Assert.Equal([0, 0.5, 3, 2, 1], statistics.ClassWeights);
        LabelStatistics values = DataStatistics.Of(Tagged()).Labels[0];
        Assert.Equal((6.5, (0.5 * 1 + 2 * 3 + 3 * 2 + 1 * 4) / 6.5), (values.Weight, values.Mean), (x, y) =>
            x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-12);
        Assert.Equal([1.25f, 3, 1], Enumerable.Range(0, 3).Select(Tagged().Weight));
    }

    [Fact]
    public void Weights_of_1_give_the_statistics_and_the_bits_of_no_weights()
    {
        SequenceSet plain = Random(weight: null), weighted = Random(weight: 1);
        TrainingSettings settings = BiasModel.Settings with { LearningRate = 0.1, BatchSize = 7, NumberOfEpochs = 3 };
        Assert.Equal(Train(plain), Train(weighted));
        Assert.Equal(Train(Random(weight: 0.3f)), Train(Random(weight: 0.3f, isOfRow: true)), (x, y) => Math.Abs(x - y) < 1e-6);

        float[] Train(SequenceSet data) =>
            TrainedNetwork.Train(Jobs.Of(Tagger("SquaredError"), data, settings)).Network.Parameters.Values.Span.ToArray();
    }

    [Fact]
    public void A_hash_tells_sequences_apart_whose_weights_have_the_same_mean()
    {
        Assert.NotEqual(HashOf(1, 3), HashOf(3, 1));
        Assert.Equal(HashOf(1, 3), HashOf(1, 3));

        static ulong HashOf(params float[] weights)
        {
            var hash = new SequenceHash();
            hash.Append(Add(new(1), [0, 0], [1, 2], weights), 0);
            return hash.Value;
        }
    }

    [Fact]
    public void The_memory_of_weights_counts()
    {
        SequenceSet plain = new(1), weighted = new(1);
        for (int i = 0; i < 1000; i++)
        {
            plain.Add(new float[100], new float[100]);
            Add(weighted, new float[100], new float[100], new float[100]);
        }
        Assert.InRange(weighted.Bytes - plain.Bytes, 4 * 100 * 1000 / 2, 8 * 100 * 1000);
        weighted.Clear();
        weighted.Add([0f], label: 1);
        Assert.True(weighted.LabelWeights(0).IsEmpty);
    }

    private static NetworkDefinition Tagger(string head) => new()
    {
        Features = 2,
        Layers = [new LstmDefinition(5)],
        Outputs = head == "SoftmaxCrossEntropy" ? 3 : 1,
        EveryStep = true,
        Head = KnownDefinitions.Heads.Single(known => known.Name == head),
    };

    private static double[] Gradients(string head, float[] weights)
    {
        var network = new Network<DoubleLane, double>(Tagger(head));
        network.Bind(network.Initialize(1), training: true);
        network.Prepare([3], training: true);
        double[] features = [0.3, -0.5, 0.8, 0.1, -0.9, 0.4];
        features.CopyTo(new Span<double>(network.Features, features.Length));
        Passes.Run(network, [0, 1, 0], weights);
        return network.Gradients.Span.ToArray();
    }

    /// <summary>Labels 1, none, 3 of weights 0.5, none, 2; label 2 of weight 3; labels none, 4 of weight 1.</summary>
    private static SequenceSet Tagged()
    {
        SequenceSet data = new(1);
        Add(data, new float[3], [1, float.NaN, 3], [0.5f, 7, 2]);
        Add(data, new float[1], [2], [3]);
        Add(data, new float[2], [float.NaN, 4], [0, 1]);
        return data;
    }

    private static SequenceSet Random(float? weight, bool isOfRow = false)
    {
        var random = new Random(1);
        var data = new SequenceSet(2);
        for (int i = 0; i < 30; i++)
        {
            float[] labels = new float[1 + random.Next(8)], features = new float[2 * labels.Length], weights = new float[labels.Length];
            for (int t = 0; t < labels.Length; t++)
            {
                labels[t] = random.Next(4) == 0 ? float.NaN : random.NextSingle();
                (features[2 * t], features[2 * t + 1]) = (random.NextSingle(), random.NextSingle());
            }
            Array.Fill(weights, weight ?? 0);
            if (weight is null || isOfRow)
                data.Add(features, labels, weight ?? 1);
            else
                Add(data, features, labels, weights);
        }
        return data;
    }

    private static SequenceSet Add(SequenceSet data, float[] features, float[] labels, float[] weights)
    {
        data.AddField(features);
        data.Complete(labels, weights);
        return data;
    }
}
