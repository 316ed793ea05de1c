using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>Examples with values that are known in advance: loading, training, and scoring.</summary>
public sealed unsafe class ForecastTrainingTests
{
    private const int Horizon = ForecastCase.Horizon, Known = ForecastCase.Known;

    private static readonly TrainingSettings _settings = new()
    {
        NumberOfEpochs = 3,
        BatchSize = 40,
        LearningRate = 0.01,
        GradientClipNorm = 1,
        Seed = 1,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Each_step_gets_the_values_of_the_steps_that_follow_it(int windowSteps)
    {
        SequenceSet data = ForecastCase.Series(count: 5, longest: 9, missing: 0.2);
        FeatureNormalization normalization = new([5, 0.1f, 0.2f], [1, 2, 3], 4);
        var network = new Network<ScalarLane, float>(ForecastCase.Definition);
        network.Bind(network.Initialize(1), training: false);
        var loader = new BatchLoader<ScalarLane>(network, normalization, TargetTransform.None);
        int steps = 0;
        for (int left = TimeWindow.CountFor(9, windowSteps) - 1; left >= 0; left--)
        {
            var window = new TimeWindow(windowSteps, left);
            loader.Prepare(data, [0, 1, 2, 3, 4], window, training: false);
            loader.Copy(0, 5);
            for (int row = 0; row < 5; row++)
            {
                int example = loader.Order[row];
                (int start, int length) = window.Of(data.Length(example));
                for (int t = 0; t < length; t++, steps++)
                {
                    float* found = network.Projection.KnownValues + network.Shape.Row(t, row) * Horizon * Known;
                    for (int i = 0; i < Horizon * Known; i++)
                    {
                        float value = data.Values(example, 1)[(start + t + 1) * Known + i];
                        float expected = i % Known == 0 ? (value - 0.1f) * 2 : (value - 0.2f) * 3;
                        Assert.Equal(float.IsNaN(value) ? 0 : Math.Clamp(expected, -4, 4), found[i]);
                    }
                }
            }
        }
        Assert.Equal(data.Steps, steps);
        Assert.NotEqual(0, steps);
    }

    [Fact]
    public void Statistics_of_known_values_follow_those_of_the_input_and_leave_out_unknown_ones()
    {
        var data = new SequenceSet(ForecastCase.Definition.ExampleFields);
        data.AddField([7f]);
        data.AddField([1, 10, 3, float.NaN, float.NaN, 30, float.NaN, float.NaN]);
        data.Complete([0f, 0, 0]);
        var statistics = DataStatistics.Of(data, labelSize: Horizon);
        Assert.Equal([(7, 0), (2, 1), (20, 10)], Enumerable.Range(0, 3).Select(statistics.Feature));
        Assert.Equal(3, ForecastCase.Definition.NumberCount);
        Assert.Equal((1, 1), ((int)statistics.Steps, data.Length(0)));
    }

    [Fact]
    public void Values_that_are_known_in_advance_are_learned()
    {
        SequenceSet data = ForecastCase.Series(count: 200, longest: 30);
        TrainingOutcome with = TrainedNetwork.Train(Jobs.Of(
            ForecastCase.Definition, data, _settings with { NumberOfEpochs = 60, BatchSize = 20 }, normalize: true));
        SequenceScorer scorer = SequenceScorer.For(with.Network);
        scorer.Run(data);
        double error = 0;
        long count = 0;
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> labels = data.Labels(i), outputs = scorer.Outputs(i).Span;
            for (int k = 0; k < labels.Length; k++, count++)
                error += Math.Pow(labels[k] - outputs[k], 2);
        }
        // The variance of |known| is 1/12. A step ahead reads its own known value alone: the others between leave 0, 1/4 and 1/4 + 1/16 of
        // it, on the average 0.19. Without known values it would be 1.19.
        Assert.InRange(12 * error / count, 0, 0.25);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Weights_do_not_depend_on_the_number_of_workers(int truncatedSteps)
    {
        float[] one = Train(workers: 1, truncatedSteps);
        Assert.Equal(one, Train(workers: 2, truncatedSteps));
        Assert.Equal(one, Train(workers: 3, truncatedSteps));
        Assert.DoesNotContain(one, float.IsNaN);
        Assert.NotEqual(one, Train(workers: 1, truncatedSteps == 0 ? 5 : 0));
    }

    [Fact]
    public void Time_windows_have_the_loss_of_whole_series()
    {
        SequenceSet data = ForecastCase.Series(count: 50, longest: 17, missing: 0.2);
        double whole = Loss(0);
        Assert.Equal(whole, Loss(1), 1e-5 * whole);
        Assert.Equal(whole, Loss(5), 1e-5 * whole);

        double Loss(int truncatedSteps)
        {
            var states = new List<TrainingState>();
            TrainedNetwork.Train(Jobs.Of(
                ForecastCase.Definition, data, BiasModel.Settings with { TruncatedSteps = truncatedSteps },
                observer: new Observer(epochDone: states.Add)));
            return states[0].Loss;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(19)]
    public void Pieces_have_the_scores_of_the_whole_bit_for_bit(int steps)
    {
        NetworkDefinition definition = ForecastCase.Definition;
        SequenceSet data = ForecastCase.Series(count: 12, longest: 20, missing: 0.1);
        var network = new TrainedNetwork(
            definition, FeatureNormalization.None(3), new Network<ScalarLane, float>(definition).Initialize(seed: 1));
        SequenceScorer scorer = SequenceScorer.For(network), inPieces = SequenceScorer.For(network);
        scorer.Run(data);
        var states = new float[data.Count * definition.StateSize];
        var found = Enumerable.Range(0, data.Count).Select(_ => new List<float>()).ToArray();
        for (int start = 0; start < 20; start += steps)
        {
            inPieces.Run(ForecastCase.Cut(data, start, steps), 0, data.Count, states, states);
            for (int i = 0; i < data.Count; i++)
                found[i].AddRange(inPieces.Outputs(i).ToArray());
        }
        for (int i = 0; i < data.Count; i++)
            Assert.Equal(scorer.Outputs(i).ToArray(), found[i]);
    }

    [Fact]
    public void Scores_are_the_same_bit_for_bit_whatever_is_scored_together()
    {
        SequenceSet data = ForecastCase.Series(count: 30, longest: 20);
        var network = new TrainedNetwork(
            ForecastCase.Definition, FeatureNormalization.None(3), new Network<ScalarLane, float>(ForecastCase.Definition).Initialize(1));
        SequenceScorer together = SequenceScorer.For(network), alone = SequenceScorer.For(network);
        together.Run(data);
        for (int i = 0; i < data.Count; i++)
        {
            alone.Run(data, i, 1);
            Assert.Equal(together.Outputs(i).ToArray(), alone.Outputs(i).ToArray());
        }
        ScoringMemory with = new(ForecastCase.Definition), without = new(ForecastCase.Definition with { Decoder = null });
        Assert.InRange(with.OfSequence(10) - without.OfSequence(10), 10 * Horizon * 20, double.PositiveInfinity);
    }

    private static float[] Train(int workers, int truncatedSteps)
    {
        var network = new Network<Lanes256, float>(ForecastCase.Definition);
        network.Bind(network.Initialize(seed: 1), training: true);
        using var team = new WorkerTeam(workers);
        SequenceSet data = ForecastCase.Series(count: 100, longest: 18, missing: 0.2);
        TrainingJob job = Jobs.Of(network.Definition, data, _settings with { TruncatedSteps = truncatedSteps }, normalize: true);
        new TrainingLoop<Lanes256>(network, job, team).Run();
        return network.Parameters.Values.Span.ToArray();
    }
}
