using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The loss on the validation part is the weighted mean of the plain losses: without what only helps to learn.</summary>
public sealed class ValidationLossTests
{
    /// <summary>The probabilities of the two classes, which the biases are made of.</summary>
    private const double P0 = 0.2, P1 = 0.8;

    private static readonly NetworkDefinition _classifier = BiasModel.Definition with { Outputs = 2, Head = HeadDefinition.Categorical };

    private static readonly float[] _logits = [(float)Math.Log(P0), (float)Math.Log(P1)];

    [Fact]
    public void It_is_weighted_by_the_weights_of_the_examples()
    {
        SequenceSet data = BiasModel.Data((0, 1), (1, 1), (0, 3), (1, 0.5f));
        double expected = -(3 * Math.Log(P0) + 0.5 * Math.Log(P1)) / 3.5;
        Assert.Equal(expected, ValidationLoss(_classifier, data, BiasModel.Settings), 1e-6);
    }

    [Fact]
    public void It_has_nothing_of_the_smoothing_of_labels_that_the_training_loss_has()
    {
        SequenceSet data = BiasModel.Data((0, 1), (0, 1), (1, 1), (1, 1));
        var states = new List<TrainingState>();
        Train(_classifier, data, BiasModel.Settings with { LabelSmoothing = 0.2 }, TargetTransform.None, states.Add);
        // The label 0 is meant to be 0.9 and 0.1 in the training.
        Assert.Equal(-(0.9 * Math.Log(P0) + 0.1 * Math.Log(P1)), states[0].Loss, 1e-6);
        Assert.Equal(-Math.Log(P1), states[0].ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void It_is_balanced_as_the_training_is()
    {
        SequenceSet data = BiasModel.Data((0, 1), (1, 1), (0, 1), (1, 1));
        double expected = -(5 * Math.Log(P0) + 0.5 * Math.Log(P1)) / 5.5;
        Assert.Equal(expected, ValidationLoss(_classifier, data, BiasModel.Settings, new(ClassFactors: [[5, 0.5f]])), 1e-6);
    }

    [Fact]
    public void It_is_that_of_standardized_values_where_the_training_is()
    {
        // (7 - 1) / 2 = 3 where 0 is put out.
        Assert.Equal(9, ValidationLoss(BiasModel.Definition, BiasModel.Data((1, 1), (7, 1)), BiasModel.Settings,
            new([new(Mean: 1, Unit: 2)]), [0]), 1e-6);
    }

    [Fact]
    public void It_counts_the_labels_of_all_steps_but_the_missing_ones()
    {
        var data = new SequenceSet(1);
        data.Add(new float[2], [0, 1]);
        data.Add(new float[3], [0, float.NaN, 1], weight: 2);
        data.Add(new float[2], [float.NaN, 0]);
        data.Add(new float[1], [1], weight: 0.5f);
        double expected = -(2 * (Math.Log(P0) + Math.Log(P1)) + Math.Log(P0) + 0.5 * Math.Log(P1)) / 5.5;
        var states = new List<TrainingState>();
        TrainingJob job = BiasModel.Job(_classifier with { EveryStep = true }, data, BiasModel.Settings, _logits,
            new Observer(epochDone: states.Add), ValidationSplit.OfTheLast(0.75, 4));
        TrainedNetwork.Train(job);
        Assert.Equal(expected, states[0].ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void It_counts_all_sequences_that_are_set_aside_however_many()
    {
        // Several groups, the last of them smaller, of several shards.
        const int count = 300;
        SequenceSet data = BiasModel.Data([(0, 1), (1, 1), .. Enumerable.Range(0, count).Select(i => (i % 3 == 0 ? 0f : 1f, 1 + i % 2f))]);
        double sum = 0, weight = 0;
        for (int i = 0; i < count; i++)
        {
            sum -= (1 + i % 2) * Math.Log(i % 3 == 0 ? P0 : P1);
            weight += 1 + i % 2;
        }
        var states = new List<TrainingState>();
        TrainedNetwork.Train(
            BiasModel.Job(_classifier, data, BiasModel.Settings with { BatchSize = 70 }, _logits, new Observer(epochDone: states.Add),
            ValidationSplit.OfTheLast((double)count / data.Count, data.Count)));
        Assert.Equal(sum / weight, states[0].ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void It_is_taken_with_the_normalized_features_that_the_network_learns_from()
    {
        var data = new SequenceSet(1);
        for (int i = 0; i < 20; i++)
            data.Add([1000f + 100 * (i % 2)], label: i % 2);
        NetworkDefinition definition = new() { Features = 1, Layers = [new ElmanDefinition(4)], Outputs = 2 };
        var settings = new TrainingSettings { NumberOfEpochs = 40, BatchSize = 4, LearningRate = 0.05, Seed = 1 };
        Assert.InRange(TrainedNetwork.Train(
            Jobs.Of(definition, data, settings, normalize: true, split: ValidationSplit.OfTheLast(0.5, 20))).Last.BestLoss, 0, 0.05);
    }

    private static double ValidationLoss(NetworkDefinition definition, SequenceSet data, TrainingSettings settings,
        TargetTransform? targets = null, float[]? biases = null)
    {
        var states = new List<TrainingState>();
        Train(definition, data, settings, targets ?? TargetTransform.None, states.Add, biases);
        return states[0].ValidationLoss!.Value;
    }

    /// <summary>The second half of the data is set aside.</summary>
    private static void Train(NetworkDefinition definition, SequenceSet data, TrainingSettings settings, TargetTransform targets,
        Action<TrainingState> report, float[]? biases = null) =>
        TrainedNetwork.Train(
            BiasModel.Job(definition, data, settings, biases ?? _logits, new Observer(epochDone: report),
            ValidationSplit.OfTheLast(0.5, data.Count)) with
            { Targets = targets });
}
