using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>
/// A batch that is learned in windows takes a step for each window with a label, along the gradient of the mean over the labels of that
/// window.
/// </summary>
public sealed class WindowedLossTests
{
    /// <summary>So small that the outputs stay near 0.</summary>
    private const double Rate = 1e-5;

    private static readonly TrainingSettings _settings = BiasModel.Settings with { LearningRate = Rate, TruncatedSteps = 2 };

    [Fact]
    public void Missing_labels_within_a_window_do_not_count()
    {
        (double bias, double loss) = Train(everyStep: true, seed: 1, [float.NaN, 3, 5, 7]);
        Assert.Equal(Rate * 2 * (3 + (5 + 7) / 2.0), bias, 1e-3 * bias);
        Assert.Equal((9 + 25 + 49) / 3.0, loss, 0.01);
    }

    [Fact]
    public void A_window_without_labels_is_no_step()
    {
        (double bias, double loss) = Train(everyStep: true, seed: 1, [3, float.NaN, float.NaN, float.NaN, 5, 7]);
        Assert.Equal(Rate * 2 * (3 + (5 + 7) / 2.0), bias, 1e-3 * bias);
        Assert.Equal((9 + 25 + 49) / 3.0, loss, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Windows_are_counted_from_the_ends_of_the_sequences_and_as_many_as_the_longest_needs(int seed)
    {
        // Windows [1], [2, 3], [4, 5] of one sequence and [6, 7] of the other. The seed says in which order they come.
        (double bias, double loss) = Train(everyStep: true, seed, [1, 2, 3, 4, 5], [6, 7]);
        Assert.Equal(Rate * 2 * (1 + 2.5 + 5.5), bias, 1e-3 * bias);
        Assert.Equal((1 + 4 + 9 + 16 + 25 + 36 + 49) / 7.0, loss, 0.01);
    }

    [Fact]
    public void The_label_of_a_sequence_is_learnt_once_with_its_last_window()
    {
        (double bias, double loss) = Train(everyStep: false, seed: 1, [3]);
        Assert.Equal(Rate * 2 * 3, bias, 1e-3 * bias);
        Assert.Equal(9, loss, 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_sequence_knows_is_carried_from_window_to_window_and_not_into_another_batch(bool everyStep)
    {
        // The unit adds up its input, so that the squared outputs tell how far back the network remembers.
        float[][] steps = [[1, 1, 1, 1, 1], [2, 2, 2], [3], [0.5f, 0.5f, 0.5f, 0.5f]];
        NetworkDefinition definition = BiasModel.Definition with { EveryStep = everyStep, Layers = [new ElmanRectifierDefinition(1)] };
        var data = new SequenceSet(1);
        var squares = new List<double>();
        foreach (float[] sequence in Enumerable.Repeat(steps, 10).SelectMany(all => all))
        {
            data.Add(sequence, new float[everyStep ? sequence.Length : 1]);
            double sum = 0;
            double[] sums = [.. sequence.Select(step => sum += step)];
            squares.AddRange((everyStep ? sums : sums[^1..]).Select(value => value * value));
        }
        var epochs = new List<double>();
        TrainingSettings settings = _settings with { LearningRate = 1e-30, NumberOfEpochs = 3, BatchSize = 35 };
        TrainedNetwork.Train(BiasModel.Job(definition, data, settings, [0], new Observer(epochDone: state => epochs.Add(state.Loss))) with
        {
            Start = BiasModel.Weights(definition, ("layers.0.weight_ih", 0, 1), ("layers.0.weight_hh", 0, 1), ("head.weight", 0, 1)),
        });
        Assert.All(epochs, loss => Assert.Equal(squares.Average(), loss, 1e-5));
    }

    [Fact]
    public void The_norm_that_is_told_is_the_mean_over_the_windows()
    {
        var states = new List<TrainingState>();
        var data = new SequenceSet(1);
        data.Add(new float[4], [1, 1, 4, 4]);
        TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition with { EveryStep = true }, data, _settings with { LearningRate = 1e-30 }, [0],
            new Observer(states.Add)));
        // The gradients of the two windows are 2 · 1 and 2 · 4.
        Assert.Equal((2 + 8) / 2.0, states[0].GradientNorm, 1e-6);
    }

    [Fact]
    public void Each_window_has_its_own_steps_and_labels()
    {
        // The head reads the sign of the step, and the label is that sign: both must be of the same window.
        var random = new Random(1);
        var data = new SequenceSet(1);
        for (int i = 0; i < 50; i++)
        {
            float[] steps = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(2) == 0 ? -1f : 1f)];
            data.Add(steps, [.. steps.Select(step => step > 0 ? 1f : 0f)]);
        }
        NetworkDefinition definition = new() { Features = 1, Layers = [new ElmanDefinition(4)], Outputs = 2, EveryStep = true };
        TrainingSettings settings = new() { NumberOfEpochs = 12, BatchSize = 8, LearningRate = 0.05, TruncatedSteps = 2, Seed = 1 };
        Assert.InRange(TrainedNetwork.Train(Jobs.Of(definition, data, settings)).Last.Loss, 0, 0.1);
    }

    [Theory]
    [InlineData(Pooling.Mean, false, 1)]
    [InlineData(Pooling.Max, false, 1)]
    [InlineData(Pooling.LastMeanMax, false, 1)]
    [InlineData(Pooling.Last, true, 1)]
    [InlineData(Pooling.Last, false, 2)]
    internal void Networks_that_need_the_whole_sequence_are_not_learnt_in_windows(Pooling pooling, bool bidirectional,
        int timeReduction)
    {
        NetworkDefinition definition = BiasModel.Definition with
        {
            Pooling = pooling,
            Layers = [new GruDefinition(2) { Bidirectional = bidirectional, TimeReduction = timeReduction }]
        };
        Assert.Throws<ArgumentException>(() => TrainedNetwork.Train(Jobs.Of(definition, BiasModel.Data((1, 1)), _settings)));
    }

    private static (double Bias, double Loss) Train(bool everyStep, int seed, params float[][] labels)
    {
        var data = new SequenceSet(1);
        foreach (float[] sequence in labels)
            data.Add(new float[everyStep ? sequence.Length : 6], sequence);
        NetworkDefinition definition = BiasModel.Definition with { EveryStep = everyStep };
        TrainingOutcome outcome = TrainedNetwork.Train(BiasModel.Job(definition, data, _settings with { Seed = seed }, [0]));
        return (BiasModel.Biases(definition, outcome.Network.Parameters)[0], outcome.Last.Loss);
    }
}
