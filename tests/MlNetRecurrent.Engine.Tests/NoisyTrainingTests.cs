using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class NoisyTrainingTests
{
    private const double Noise = 0.3;

    private static readonly NetworkDefinition _definition = new()
    {
        Features = 2,
        Layers = [new LstmDefinition(6), new GruDefinition(5) { Bidirectional = true }],
        Outputs = 2
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weight_noise_is_taken_out_of_the_weights_again(int workers)
    {
        using var team = new WorkerTeam(workers);
        (Network<Lanes256, float> network, TrainingStep<Lanes256> step, SequenceSet data) = Make(Noise, team);
        float[] before = network.Parameters.Values.Span.ToArray();
        step.Load(data, All(data));
        for (int i = 0; i < 3; i++)
        {
            step.Run(1.0 / data.Count, learningRate: 0);
            Assert.Equal(before, network.Parameters.Values.Span.ToArray());
        }
    }

    [Fact]
    public void The_gradient_is_that_of_the_noisy_weights_all_through_the_network()
    {
        using var team = new WorkerTeam(1);
        (Network<Lanes256, float> noisy, TrainingStep<Lanes256> step, SequenceSet data) = Make(Noise, team);
        step.Load(data, All(data));
        (double loss, _) = step.Run(1.0 / data.Count, learningRate: 0);
        (Network<Lanes256, float> plain, TrainingStep<Lanes256> plainStep, _) = Make(noise: 0, team);
        (double lossWithout, _) = Load(plainStep, data).Run(1.0 / data.Count, learningRate: 0);
        Assert.NotEqual(lossWithout, loss, 1e-3);
        new WeightNoise(plain.Parameters, plain.Tensors, Noise, seed: 1).Add(step: 0, WorkSlice.Whole);
        Assert.Equal(Load(plainStep, data).Run(1.0 / data.Count, learningRate: 0).Loss, loss, 1e-6);
        Assert.All(plain.Gradients.Span.ToArray().Zip(noisy.Gradients.Span.ToArray()), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(false, 0.01, 1, 1)]
    [InlineData(false, 0.01, 0.5, 1)]
    [InlineData(true, 0.02, 1, 1)]
    [InlineData(true, 0.005, 1, 0.25)]
    [InlineData(true, 0.005, 0.5, 0.125)]
    [InlineData(true, 0, 1, 0)]
    public void Noise_that_falls_has_as_large_a_part_of_its_deviation_as_the_rate_times_its_factor(
        bool falls, double rate, double factor, double part)
    {
        using var team = new WorkerTeam(1);
        (_, TrainingStep<Lanes256> step, SequenceSet data) = Make(Noise, team, falls: falls);
        step.NoiseFactor = factor;
        (Network<Lanes256, float> plain, TrainingStep<Lanes256> plainStep, _) = Make(noise: 0, team);
        if (part > 0)
            new WeightNoise(plain.Parameters, plain.Tensors, part * Noise, seed: 1).Add(step: 0, WorkSlice.Whole);
        double expected = Load(plainStep, data).Run(1.0 / data.Count, learningRate: 0).Loss;
        Assert.Equal(expected, Load(step, data).Run(1.0 / data.Count, rate).Loss, 1e-6);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Noise_falls_with_the_error_where_rows_validate(bool falls, bool validates)
    {
        (_, _, SequenceSet data) = Make(noise: 0, new(1), label: _ => 0);
        double[] LossesWith(double noise)
        {
            List<double> losses = [];
            // Weights hardly move at such a rate, so that a loss is that of the first weights and the noise.
            var settings = new TrainingSettings
            {
                NumberOfEpochs = 2,
                BatchSize = 1,
                LearningRate = 1e-30,
                WeightNoise = noise,
                NoiseFalls = falls,
                Seed = 1,
            };
            NetworkDefinition values = _definition with { Outputs = 1, Head = HeadDefinition.Value };
            TrainedNetwork.Train(Jobs.Of(values, data, settings, observer: new Observer(epochDone: state => losses.Add(state.Loss)),
                split: validates ? ValidationSplit.From(15) : null));
            return [.. losses];
        }
        double plain = LossesWith(0)[1];
        double[] noisy = LossesWith(Noise);
        double left = (noisy[1] - plain) / (noisy[0] - plain);
        Assert.True(falls && validates ? left < 0.5 : left > 0.5, $"{left} of the effect of the noise is left after a loss of {noisy[0]}");
    }

    [Fact]
    public void Each_step_and_each_seed_has_noise_of_its_own()
    {
        double[] Losses(int seed)
        {
            using var team = new WorkerTeam(1);
            (_, TrainingStep<Lanes256> step, SequenceSet data) = Make(Noise, team, seed);
            step.Load(data, All(data));
            return [.. Enumerable.Range(0, 4).Select(_ => step.Run(1.0 / data.Count, learningRate: 0).Loss)];
        }
        Assert.Equal(8, ((double[])[.. Losses(1), .. Losses(2)]).Distinct().Count());
    }

    [Fact]
    public void Weights_are_not_moved_by_a_gradient_that_is_not_finite()
    {
        using var team = new WorkerTeam(1);
        (Network<Lanes256, float> network, TrainingStep<Lanes256> step, SequenceSet data) = Make(noise: 0, team);
        float[] before = network.Parameters.Values.Span.ToArray();
        step.Load(data, All(data));
        step.Run(double.PositiveInfinity, learningRate: 0.1);
        Assert.Equal(before, network.Parameters.Values.Span.ToArray());
        Assert.Equal(0, step.Optimizer.Steps);
    }

    [Fact]
    public void The_loss_of_a_smaller_batch_has_nothing_of_the_larger_one_before()
    {
        using var team = new WorkerTeam(1);
        (_, TrainingStep<Lanes256> step, SequenceSet data) = Make(noise: 0, team);
        step.Load(data, [3]);
        double alone = step.Run(1, learningRate: 0).Loss;
        Load(step, data).Run(1, learningRate: 0);
        step.Load(data, [3]);
        Assert.Equal(alone, step.Run(1, learningRate: 0).Loss);
    }

    private static TrainingStep<Lanes256> Load(TrainingStep<Lanes256> step, SequenceSet data)
    {
        step.Load(data, All(data));
        return step;
    }

    private static int[] All(SequenceSet data) => [.. Enumerable.Range(0, data.Count)];

    private static (Network<Lanes256, float> Network, TrainingStep<Lanes256> Step, SequenceSet Data) Make(double noise, WorkerTeam team,
        int seed = 1, bool falls = false, Func<int, float>? label = null)
    {
        var network = new Network<Lanes256, float>(_definition);
        network.Bind(network.Initialize(seed: 1), training: true);
        var random = new Random(1);
        var data = new SequenceSet(2);
        for (int i = 0; i < 20; i++)
            data.Add(
                [.. Enumerable.Range(0, 2 * random.Next(1, 6)).Select(_ => random.NextSingle())],
                label: label is null ? i % 2 : label(i));
        var settings = new TrainingSettings
        {
            NumberOfEpochs = 1,
            BatchSize = 1,
            LearningRate = 0.02,
            WeightNoise = noise,
            NoiseFalls = falls,
            Seed = seed,
        };
        return (network, new(network, FeatureNormalization.None(2), TargetTransform.None, team, settings), data);
    }
}
