using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class TrainingLoopTests
{
    /// <summary>The class is the sign of the first step; what follows is noise.</summary>
    private static readonly SequenceSet _data = RememberTheFirst(sequences: 200, seed: 1);

    private static readonly NetworkDefinition _definition = new() { Features = 2, Layers = [new LstmDefinition(12)], Outputs = 2 };

    [Fact]
    public void It_learns_to_remember_the_first_step()
    {
        (TrainedNetwork network, TrainingState last, _) = Train(seed: 1, epochs: 30);
        Assert.True(last.Loss < 0.1, $"the loss is {last.Loss}");
        SequenceSet test = RememberTheFirst(sequences: 100, seed: 2);
        SequenceScorer scorer = SequenceScorer.For(network);
        scorer.Run(test);
        int right = Enumerable.Range(0, test.Count).Count(i => (scorer.Outputs(i).Span[1] > 0.5f ? 1 : 0) == (int)test.Labels(i)[0]);
        Assert.InRange(right, 95, 100);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        float[] Weights(int seed) => Train(seed, epochs: 2).Network.Parameters.Values.Span.ToArray();
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void Every_batch_is_reported_and_reports_may_end_the_training()
    {
        const int epochs = 3, batches = 13;
        var states = new List<TrainingState>();
        var ends = new List<TrainingState>();
        Train(seed: 1, epochs, states.Add, ends.Add);
        Assert.Equal(
            Enumerable.Range(1, epochs).SelectMany(_ => Enumerable.Range(1, batches), (epoch, batch) => (epoch, batch)),
            states.Select(state => (state.Epoch, state.Batch)));
        Assert.All(states, state => Assert.True(state is
        {
            NumberOfBatches: batches, Loss: > 0, GradientNorm: > 0, SequencesPerSecond: > 0, LearningRate: 0.01, IsOver: false,
        }));
        Assert.Equal(Enumerable.Range(1, epochs), ends.Select(state => state.Epoch));
        Assert.Equal(
            states.Where(state => state.Batch == batches).Select(state => (state.Loss, state.GradientNorm)),
            ends.Select(state => (state.Loss, state.GradientNorm)));
        Assert.Equal([false, false, true], ends.Select(state => state.IsOver));
        foreach (int last in (int[])[1, 5, batches, batches + 2])
        {
            int reports = 0;
            ends.Clear();
            Action<TrainingState> cancelAtLast = _ => reports = reports + 1 == last ? throw new OperationCanceledException() : reports + 1;
            Assert.Throws<OperationCanceledException>(() => Train(seed: 1, epochs, cancelAtLast, ends.Add));
            Assert.Equal((last - 1, last > batches ? 1 : 0), (reports, ends.Count));
        }
    }

    [Fact]
    public void The_loss_that_is_reported_is_the_mean_over_the_epoch_so_far()
    {
        var states = new List<TrainingState>();
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 1, LearningRate = 1e-30, Seed = 1 };
        TrainedNetwork.Train(Jobs.Of(_definition, RememberTheFirst(sequences: 5, seed: 3), settings, observer: new Observer(states.Add)));
        double[] sums = [.. states.Select(state => state.Loss * state.Batch)];
        double[] norms = [.. states.Select(state => state.GradientNorm * state.Batch)];
        var alone = new List<(double Loss, double Norm)>();
        SequenceSet all = RememberTheFirst(sequences: 5, seed: 3);
        for (int i = 0; i < all.Count; i++)
        {
            var one = new SequenceSet(2);
            one.Add(all.Values(i), all.Labels(i));
            var observer = new Observer(state => alone.Add((state.Loss, state.GradientNorm)));
            TrainedNetwork.Train(Jobs.Of(_definition, one, settings, observer: observer));
        }
        IEnumerable<double> losses = sums.Zip(sums.Prepend(0), (sum, before) => sum - before);
        Assert.Equal(alone.Select(one => one.Loss).Order(), losses.Order(), (x, y) => Math.Abs(x - y) < 1e-6);
        IEnumerable<double> gradients = norms.Zip(norms.Prepend(0), (sum, before) => sum - before);
        Assert.Equal(alone.Select(one => one.Norm).Order(), gradients.Order(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void The_loss_of_a_tagger_is_the_mean_over_the_steps_that_have_a_label()
    {
        var data = new SequenceSet(1);
        for (int i = 0; i < 40; i++)
            data.Add([1f, 2f, 3f, 4f], [i % 2, float.NaN, float.NaN, float.NaN]);
        NetworkDefinition tagger = _definition with { Features = 1, EveryStep = true };
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 8, LearningRate = 1e-30, Seed = 1 };
        TrainingState last = TrainedNetwork.Train(Jobs.Of(tagger, data, settings)).Last;
        // Labels that cannot be known cost about ln 2 each; were the missing ones counted, it would be a quarter of that.
        Assert.InRange(last.Loss, 0.9 * Math.Log(2), 1.3 * Math.Log(2));
    }

    [Fact]
    public void Scores_do_not_depend_on_what_else_is_in_the_batch()
    {
        TrainedNetwork network = Train(seed: 1, epochs: 1).Network;
        SequenceScorer scorer = SequenceScorer.For(network, network.Definition.Inspections.First());
        scorer.Run(_data);
        float[][] together = [.. Enumerable.Range(0, _data.Count).Select(OutputsAndEncoding)];
        for (int i = 0; i < _data.Count; i++)
        {
            var one = new SequenceSet(2);
            one.Add(_data.Values(i));
            scorer.Run(one);
            Assert.Equal(together[i], OutputsAndEncoding(0));
        }

        float[] OutputsAndEncoding(int sequence) =>
            [.. scorer.Outputs(sequence).Span, .. scorer.Inspect(sequence, Inspection.Encoding).Span];
    }

    [Fact]
    public void A_loss_that_is_no_longer_finite_ends_the_training_with_advice()
    {
        var data = new SequenceSet(1);
        data.Add([float.MaxValue, float.MaxValue], label: 0);
        data.Add([1f], label: 1, weight: float.MaxValue);
        var settings = new TrainingSettings { NumberOfEpochs = 3, BatchSize = 1, LearningRate = 1e38, Seed = 1 };
        NetworkDefinition definition = _definition with { Features = 1 };
        var exception = Assert.Throws<InvalidOperationException>(() => TrainedNetwork.Train(Jobs.Of(definition, data, settings)));
        Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_step_that_leaves_no_finite_weights_is_an_error_too()
    {
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 1000, LearningRate = double.MaxValue, Seed = 1 };
        var exception = Assert.Throws<InvalidOperationException>(() => TrainedNetwork.Train(Jobs.Of(_definition, _data, settings)));
        Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_step_after_which_nothing_can_be_scored_is_an_error_though_its_weights_are_finite()
    {
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 1000, LearningRate = 1e15, Seed = 1 };
        NetworkDefinition rectifier = _definition with { Layers = [new ElmanRectifierDefinition(12)] };
        var exception = Assert.Throws<InvalidOperationException>(() => TrainedNetwork.Train(Jobs.Of(rectifier, _data, settings)));
        Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_weights_of_a_wide_layer_can_be_given_up()
    {
        int calls = 0;
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 16, LearningRate = 0.01, Seed = 1 };
        var observer = new Observer(working: () =>
        {
            if (++calls == 20)
                throw new OperationCanceledException();
        });
        TrainingJob job = Jobs.Of(_definition with { Layers = [new LstmDefinition(2000)] }, _data, settings, observer: observer);
        Assert.Throws<OperationCanceledException>(() => TrainedNetwork.Train(job));
    }

    private static TrainingOutcome Train(
        int seed, int epochs, Action<TrainingState>? report = null, Action<TrainingState>? epochDone = null)
    {
        var settings = new TrainingSettings
        {
            NumberOfEpochs = epochs,
            BatchSize = 16,
            LearningRate = 0.01,
            GradientClipNorm = 1,
            Seed = seed,
        };
        return TrainedNetwork.Train(Jobs.Of(_definition, _data, settings, normalize: true, new Observer(report, epochDone)));
    }

    private static SequenceSet RememberTheFirst(int sequences, int seed)
    {
        var random = new Random(seed);
        var data = new SequenceSet(2);
        for (int i = 0; i < sequences; i++)
        {
            float[] steps = [.. Enumerable.Range(0, 2 * random.Next(3, 12)).Select(_ => (float)(2 * random.NextDouble() - 1))];
            data.Add(steps, label: steps[0] > 0 ? 1 : 0);
        }
        return data;
    }
}
