using System.Text;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>Quantiles of the values of a label.</summary>
public sealed class QuantileHeadTests
{
    private static readonly NetworkDefinition _constant = BiasModel.Definition with { EveryStep = true };

    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(6, 0.1, 0.5, 0.9)]
    [InlineData(20, 0.1, 0.25, 0.4, 0.6)]
    [InlineData(4, 0.9, 0.99)]
    [InlineData(3, 0.01, 0.02, 0.3)]
    public void Gradients_equal_central_differences(int outputs, params double[] quantiles)
    {
        foreach (bool everyStep in (bool[])[false, true])
        {
            var test = new NetworkCase(
                new()
                {
                    Features = 2,
                    Layers = [new LstmDefinition(5)],
                    Outputs = outputs,
                    EveryStep = everyStep,
                    Head = new QuantileDefinition { Quantiles = quantiles },
                },
                [6, 5, 5, 3, 1]);
            CentralDifference.AssertAllEqual(test.Network, test.Loss);
        }
    }

    [Fact]
    public void Quantiles_never_cross()
    {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            double[] quantiles = [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => random.NextDouble()).Distinct().Order()];
            float size = MathF.Pow(10, random.Next(-3, 6));
            float[] outputs = [.. quantiles.Select(_ => size * (random.NextSingle() - 0.5f))], values = new float[outputs.Length];
            QuantileSpread<float>.Spread(outputs, values, quantiles);
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
            Assert.Equal(values.Order(), values);
        }
    }

    [Fact]
    public void The_quantile_nearest_to_the_median_is_its_output_and_each_other_one_is_at_a_distance_from_its_neighbor()
    {
        double[] values = new double[4];
        QuantileSpread<double>.Spread([1, -2, 7, 3], values, [0.1, 0.2, 0.45, 0.9]);
        double beside = 7 - Math.Log(1 + Math.Exp(-2));
        Assert.Equal([beside - Math.Log(1 + Math.E), beside, 7, 7 + Math.Log(1 + Math.Exp(3))], values, (x, y) => Math.Abs(x - y) < 1e-12);
        QuantileSpread<double>.Spread([1, 2], values.AsSpan(0, 2), [0.4, 0.6]);
        Assert.Equal(1, values[0]);
    }

    [Fact]
    public void The_median_alone_has_the_absolute_error()
    {
        SequenceSet data = BiasModel.Data((1, 1), (5, 1), (10, 1));
        NetworkDefinition network = BiasModel.Definition with { Head = new QuantileDefinition() };
        Assert.Equal((3 + 1 + 6) / 3.0, LossOf(network, data, [4]), 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Missing_labels_have_no_loss_in_time_windows_either(int truncatedSteps)
    {
        var data = new SequenceSet(1);
        data.Add(new float[3], [1, 10, 2, float.NaN, float.NaN, 30]);
        data.Add(new float[1], [4, 40]);
        // Softplus of so small a number is 0: both quantiles are the first one.
        NetworkDefinition network = _constant with { Outputs = 4, Head = new QuantileDefinition { Quantiles = [0.5, 0.9] } };
        double loss = LossOf(network, data, [2, -50, 20, -50], truncatedSteps);
        double[] above = [2, 10, 20], below = [1, 10];
        Assert.Equal((above.Sum() * (0.5 + 0.9) + below.Sum() * (0.5 + 0.1)) / 6, loss, 1e-5);
    }

    [Fact]
    public void Training_finds_the_quantiles_of_the_labels()
    {
        SequenceSet data = BiasModel.Data([.. Enumerable.Range(0, 1000).Select(i => (i / 1000f, 1f))]);
        double[] quantiles = [0.1, 0.3, 0.8];
        TrainedNetwork network = TrainedNetwork.Train(BiasModel.Job(
            BiasModel.Definition with { Outputs = 3, Head = new QuantileDefinition { Quantiles = quantiles } }, data,
            BiasModel.Settings with { NumberOfEpochs = 3000, LearningRate = 0.1 }, [0, 0, 0])).Network;
        var scorer = SequenceScorer.For(network);
        scorer.Run(data);
        Assert.Equal(quantiles, scorer.Outputs(0).ToArray().Select(value => (double)value), (x, y) => Math.Abs(x - y) < 0.02);
    }

    [Fact]
    public void Estimated_losses_are_in_the_unit_of_the_absolute_error()
    {
        var head = new QuantileDefinition { Quantiles = [0.1, 0.5, 0.9] };
        var random = new Random(1);
        SequenceSet labels = BiasModel.Data(
            [.. Enumerable.Range(0, 20000).Select(_ => (3 + (float)(2 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble())), 1f))]);
        var data = DataStatistics.Of(labels);
        float[] sorted = [.. Enumerable.Range(0, labels.Count).Select(i => labels.Labels(i)[0]).Order()];
        double constant = LossFor([.. head.Quantiles.Select(quantile => sorted[(int)(quantile * sorted.Length)])]);
        Assert.Equal(constant, head.LossOfConstant(3, data, TargetTransform.None), 0.06 * constant);
        Assert.Equal(constant / 2, head.LossOfConstant(3, data, new([new(3, 2)])), 0.03 * constant);
        float step = MathF.Log(2);
        double ofZeros = LossFor([-step, 0, step]);
        Assert.Equal(ofZeros, head.LossOfZeros(3, data, TargetTransform.None), 0.06 * ofZeros);
        Assert.Equal(1, head.LossOfZeros(3, DataStatistics.Of(BiasModel.Data((0, 1))), TargetTransform.None));
        Assert.Equal((2, 1), (head.LossUnit(new([new(3, 2)])), head.LossUnit(new([new(3, 2), new(0, 5)]))));
        Assert.Equal(1, head.RelativeError(head.LossOfConstant(3, data, new([new(3, data.Labels[0].Deviation)]))), 1e-12);

        double LossFor(float[] values) => 2 * sorted.Average(label => head.Quantiles.Zip(values).Average(pair =>
            Math.Max(pair.First * (label - pair.Second), (pair.First - 1) * (label - pair.Second))));
    }

    [Fact]
    public void Files_name_the_quantiles()
    {
        var head = new QuantileDefinition { Quantiles = [0.1, 0.5] };
        string json = Encoding.UTF8.GetString(DescriptionJson.Write<HeadDefinition>(head));
        Assert.Equal("""{"Name":"Quantiles","Quantiles":[0.1,0.5]}""", json);
        var read = DescriptionJson.Read<HeadDefinition>(Encoding.UTF8.GetBytes(json), "model");
        Assert.Equal(head, read);
        Assert.Equal(head.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(new QuantileDefinition(), read);
        Assert.Equal("Quantiles (0.1, 0.5)", read.ToString());
        Assert.Equal("\"Quantiles\"", Encoding.UTF8.GetString(DescriptionJson.Write<HeadDefinition>(new QuantileDefinition())));
    }

    [Fact]
    public void Outputs_are_whole_multiples_of_the_quantiles_which_rise_between_0_and_1()
    {
        var head = new QuantileDefinition { Quantiles = [0.1, 0.5] };
        Assert.Equal([false, false, true, false, true], Enumerable.Range(0, 5).Select(head.Fits));
        Assert.Equal(6, head.OutputsFor(3));
        Assert.Equal((3, 6), (head.Create<float>(6).LabelSize, head.Create<float>(6).PredictionSize));
        Assert.Throws<InvalidDataException>(() => (BiasModel.Definition with { Head = head, Outputs = 3 }).Validate());
        double[][] impossible = [[], [0], [1], [0.5, 0.5], [0.5, 0.1], [double.NaN], [-0.1, 0.5], new double[1001]];
        Assert.All(impossible, quantiles => Assert.False(new QuantileDefinition { Quantiles = quantiles }.Fits(1001 * 2)));
        Assert.False(new QuantileDefinition { Quantiles = null! }.Fits(1));
    }

    /// <summary>The mean loss of a network whose outputs are always the same.</summary>
    private static double LossOf(NetworkDefinition network, SequenceSet data, float[] outputs, int truncatedSteps = 0)
    {
        var states = new List<TrainingState>();
        TrainedNetwork.Train(BiasModel.Job(
            network, data, BiasModel.Settings with { TruncatedSteps = truncatedSteps }, outputs, new Observer(epochDone: states.Add)));
        return states[0].Loss;
    }
}
