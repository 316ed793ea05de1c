using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The loss of a training is Σ w l / Σ w over all labels that are not missing, and each step follows its gradient.</summary>
public sealed class WeightedLossTests
{
    private static readonly NetworkDefinition _tagger = BiasModel.Definition with { EveryStep = true };

    [Fact]
    public void The_loss_is_the_weighted_mean_over_the_labels_that_are_there_however_batches_are_cut()
    {
        const double expected = (2 * (1 + 9) + 0.5 * 4 + 1 * 16) / (2 * 2 + 0.5 + 1);
        foreach (int batchSize in (int[])[1, 2, 3])
        {
            TrainingState last = TrainedNetwork.Train(
                BiasModel.Job(_tagger, Tagged(), BiasModel.Settings with { BatchSize = batchSize }, [0])).Last;
            Assert.Equal(expected, last.Loss, 1e-6);
        }
    }

    [Fact]
    public void A_step_follows_the_gradient_of_the_weighted_mean_over_the_labels_that_are_there()
    {
        const double rate = 0.1, mean = (2 * (1 + 3) + 0.5 * 2 + 1 * 4) / (2 * 2 + 0.5 + 1);
        Assert.Equal(rate * 2 * mean, BiasModel.Train(_tagger, Tagged(), BiasModel.Settings with { LearningRate = rate })[0], 1e-6);
    }

    [Fact]
    public void A_batch_that_weighs_more_goes_farther()
    {
        // The mean weight of a label is 2, so that the steps are 3 / 2 and 1 / 2 of those without weights.
        const double rate = 1e-4;
        float[] bias = BiasModel.Train(BiasModel.Definition, BiasModel.Data((1, 3), (2, 1)),
            BiasModel.Settings with { LearningRate = rate, BatchSize = 1 });
        Assert.Equal(rate * 2 * (1.5 * 1 + 0.5 * 2), bias[0], 1e-6);
    }

    [Fact]
    public void The_weight_of_a_tagged_sequence_is_that_of_each_of_its_labels()
    {
        DataStatistics statistics = DataStatistics.Of(Tagged(), hasClasses: true);
        Assert.Equal((3, 6L, 4L), (statistics.Count, statistics.Steps, statistics.Targets));
        Assert.Equal(2 * 2 + 0.5 + 1, statistics.TotalWeight);
        Assert.Equal((2 * 2 + 0.5 + 1) / 4, statistics.MeanWeight);
        Assert.Equal([0, 2, 0.5, 2, 1], statistics.ClassWeights);
    }

    [Fact]
    public void Means_and_deviations_of_features_and_labels_are_weighted()
    {
        var data = new SequenceSet(1);
        data.Add([1f, 3f], label: 1, weight: 3);
        data.Add([9f], label: 5, weight: 1);
        DataStatistics statistics = DataStatistics.Of(data);
        // The steps 1 and 3 weigh 3 each, the step 9 weighs 1; the label 1 weighs 3, the label 5 weighs 1.
        AssertMoments([(1, 3), (3, 3), (9, 1)], statistics.Feature(0));
        AssertMoments([(1, 3), (5, 1)], (statistics.Labels[0].Mean, statistics.Labels[0].Deviation));

        static void AssertMoments((double Value, double Weight)[] values, (double Mean, double Deviation) found)
        {
            double total = values.Sum(value => value.Weight), mean = values.Sum(value => value.Weight * value.Value) / total;
            Assert.Equal(mean, found.Mean, 1e-12);
            Assert.Equal(Math.Sqrt(values.Sum(value => value.Weight * Math.Pow(value.Value - mean, 2)) / total), found.Deviation, 1e-12);
        }
    }

    [Fact]
    public void Each_epoch_has_the_loss_and_the_gradient_of_its_own_batches()
    {
        // y goes half of the way to the label in each epoch: 0, 1.5, 2.25.
        var epochs = new List<TrainingState>();
        TrainingSettings settings = BiasModel.Settings with { NumberOfEpochs = 3, LearningRate = 0.25 };
        TrainingState last = TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition, BiasModel.Data((3, 1)), settings, [0], new Observer(epochDone: epochs.Add))).Last;
        Assert.Equal([9, 2.25, 0.5625], epochs.Select(epoch => epoch.Loss), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([6, 3, 1.5], epochs.Select(epoch => epoch.GradientNorm), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(0.5625, last.Loss, 1e-6);
    }

    [Fact]
    public void The_loss_after_each_batch_is_the_mean_over_the_batches_of_the_epoch_so_far()
    {
        var batches = new List<TrainingState>();
        TrainingSettings settings = BiasModel.Settings with { NumberOfEpochs = 2, BatchSize = 1 };
        TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition, BiasModel.Data((1, 1), (2, 1), (4, 1)), settings, [0], new Observer(batches.Add)));
        foreach (TrainingState[] epoch in batches.Chunk(3))
        {
            double[] losses = [.. epoch.Select((state, i) => state.Loss * (i + 1))];
            Assert.Equal([1, 4, 16], ((double[])[losses[0], losses[1] - losses[0], losses[2] - losses[1]]).Order(), (x, y) =>
                Math.Abs(x - y) < 1e-6);
            Assert.Equal([1, 2, 3], epoch.Select(state => state.Batch));
        }
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1.5, 1.5)]
    [InlineData(6.5, 6)]
    public void A_gradient_that_is_longer_than_the_limit_is_cut_to_it_and_a_shorter_one_stays(double limit, double expected)
    {
        const double rate = 0.01;
        Assert.Equal(rate * expected,
            BiasModel.Train(BiasModel.Definition, BiasModel.Data((3, 1)),
            BiasModel.Settings with { LearningRate = rate, GradientClipNorm = limit })[0], 1e-7);
    }

    [Fact]
    public void The_learning_rate_of_a_course_goes_on_from_batch_to_batch()
    {
        var rates = new List<double>();
        TrainingSettings settings = BiasModel.Settings with
        {
            NumberOfEpochs = 2,
            BatchSize = 1,
            LearningRate = 1e-3,
            Schedule = RateSchedule.Cosine
        };
        TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition, BiasModel.Data((1, 1), (2, 1)), settings, [0],
            new Observer(state => rates.Add(state.LearningRate))));
        Assert.Equal(Enumerable.Range(0, 4).Select(batch => 1e-3 * (1 + Math.Cos(Math.PI * batch / 4)) / 2), rates, (x, y) =>
            Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void The_weights_that_a_training_begins_with_are_left_as_they_are()
    {
        TrainingJob job = BiasModel.Job(BiasModel.Definition, BiasModel.Data((3, 1)), BiasModel.Settings with { LearningRate = 0.25 }, [2]);
        Assert.Equal(2.5, BiasModel.Biases(job.Definition, TrainedNetwork.Train(job).Network.Parameters)[0], 1e-6);
        Assert.Equal([2f], BiasModel.Biases(job.Definition, job.Start!));
    }

    /// <summary>Labels 1, none, 3 of weight 2; label 2 of weight 0.5; labels none, 4 of weight 1.</summary>
    private static SequenceSet Tagged()
    {
        var data = new SequenceSet(1);
        data.Add(new float[3], [1, float.NaN, 3], weight: 2);
        data.Add(new float[1], [2], weight: 0.5f);
        data.Add(new float[2], [float.NaN, 4], weight: 1);
        return data;
    }
}
