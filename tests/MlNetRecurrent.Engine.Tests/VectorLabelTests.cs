using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Labels with several values.</summary>
public sealed unsafe class VectorLabelTests
{
    private static readonly NetworkDefinition _values = BiasModel.Definition with { Outputs = 2 };

    public static TheoryData<string, int, bool> Heads => new()
    {
        { "SquaredError", 3, false },
        { "SquaredError", 2, true },
        { "SquaredError", 17, false },
        { "SigmoidCrossEntropy", 3, false },
        { "SigmoidCrossEntropy", 2, true },
        { "SigmoidCrossEntropy", 17, false },
        { "Interval", 6, false },
        { "Interval", 4, true },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Gradients_equal_central_differences(string loss, int outputs, bool everyStep)
    {
        var test = new NetworkCase(
            new()
            {
                Features = 2,
                Layers = [new LstmDefinition(5)],
                Outputs = outputs,
                EveryStep = everyStep,
                Head = loss == "Interval" ? new IntervalDefinition() : KnownDefinitions.Heads.Single(head => head.Name == loss),
            },
            [6, 5, 5, 3, 1]);
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

    [Fact]
    public void The_loss_of_a_row_is_the_sum_over_its_values_of_which_a_missing_one_has_no_gradient()
    {
        (double loss, double[] gradient) = Run(HeadDefinition.Value, [1, 2, 3], labels: [2, 0, 5], weights: [2, 0, 3]);
        Assert.Equal(2 * 1 + 3 * 4, loss, 1e-12);
        Assert.Equal([2 * 2 * -1.0, 0, 3 * 2 * -2.0], gradient);
        double p = 1 / (1 + Math.Exp(-1)), q = 1 / (1 + Math.Exp(2));
        (loss, gradient) = Run(HeadDefinition.Bernoulli, [1, 5, -2], labels: [1, 0, 0], weights: [1, 0, 2]);
        Assert.Equal(-Math.Log(p) - 2 * Math.Log(1 - q), loss, 1e-9);
        Assert.Equal([p - 1, 0, 2 * q], gradient, (x, y) => Math.Abs(x - y) < 1e-9);
    }

    [Fact]
    public void The_mean_loss_is_that_of_all_values_that_are_not_missing()
    {
        var data = new SequenceSet(1);
        data.Add([0f], [1, float.NaN]);
        data.Add([0f, 0f], [3, 4], weight: 3);
        var states = new List<TrainingState>();
        TrainedNetwork.Train(BiasModel.Job(_values, data, BiasModel.Settings, [0, 0], new Observer(epochDone: states.Add)));
        Assert.Equal((1 + 3 * 9 + 3 * 16) / 7.0, states[0].Loss, 1e-6);
    }

    [Fact]
    public void Each_value_has_a_mean_a_deviation_and_a_scale_of_its_own()
    {
        var data = new SequenceSet(1);
        data.Add([0f], [1, 100]);
        data.Add([0f], [float.NaN, 300]);
        data.Add([0f], [5, 500]);
        DataStatistics statistics = DataStatistics.Of(data, labelSize: 2);
        Assert.Equal((5L, 5.0), (statistics.Targets, statistics.TotalWeight));
        Assert.Equal([(3.0, 2.0, 2.0), (300.0, Math.Sqrt(80000 / 3.0), 3.0)],
            statistics.Labels.Select(label => (label.Mean, label.Deviation, label.Weight)));
        var targets = new TargetTransform([new(3, 2), new(300, 100)]);
        Assert.Equal((1, -2), (targets.Target(5, 0), targets.Target(100, 1)));
        // Errors of the mean, in the units of the targets, weighted with the labels that there are.
        Assert.Equal((2 * 1 + 3 * 8 / 3.0) / 5, HeadDefinition.Value.LossOfConstant(2, statistics, targets), 1e-12);
        Assert.Equal((1, 4), (HeadDefinition.Value.LossUnit(targets), HeadDefinition.Value.LossUnit(new([new(0, 2)]))));
        // Squared errors alone are the square of the error.
        Assert.Equal((0.5, 1), (HeadDefinition.Value.RelativeError(0.25), new IntervalDefinition().RelativeError(0.25)));
    }

    [Fact]
    public void The_classes_of_each_value_are_balanced_by_themselves()
    {
        var data = new SequenceSet(1);
        data.Add([0f], [0, 1]);
        data.Add([0f], [0, 0]);
        data.Add([0f], [0, float.NaN]);
        data.Add([0f], [1, 0]);
        TargetTransform balanced = TargetTransform.BalancedClasses(DataStatistics.Of(data, hasClasses: true, labelSize: 2), classes: 2);
        Assert.Equal([4 / 6f, 2], balanced.ClassFactors![0]!);
        Assert.Equal([3 / 4f, 1.5f], balanced.ClassFactors[1]!);
        Assert.Equal((2, 0.75f), (balanced.Factor(1), balanced.Factor(0, slot: 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Steps_with_several_values_are_cut_into_windows_with_all_of_them(int truncatedSteps)
    {
        var data = new SequenceSet(1);
        data.Add(new float[3], [1, 10, 2, float.NaN, 3, 30]);
        data.Add(new float[1], [4, 40]);
        var states = new List<TrainingState>();
        TrainedNetwork.Train(BiasModel.Job(
            _values with { EveryStep = true }, data, BiasModel.Settings with { TruncatedSteps = truncatedSteps }, [0, 0],
            new Observer(epochDone: states.Add)));
        Assert.Equal((1 + 100 + 4 + 9 + 900 + 16 + 1600) / 7.0, states[0].Loss, 1e-4);
    }

    [Fact]
    public void Metrics_are_told_all_values_and_the_validation_loss_is_their_mean()
    {
        var data = new SequenceSet(1);
        data.Add([0f], [1, 1]);
        data.Add([0f], [2, float.NaN]);
        data.Add([0f], [3, 5]);
        var metrics = new Recorded();
        var states = new List<TrainingState>();
        TrainedNetwork.Train(
            BiasModel.Job(_values, data, BiasModel.Settings, [7, 8], new Observer(epochDone: states.Add), ValidationSplit.From(1)) with
            {
                Metrics = metrics,
            });
        Assert.Equal(["2 NaN: 7 8", "3 5: 7 8"], metrics.Rows.Order());
        Assert.Equal((25 + 16 + 9) / 3.0, states[0].ValidationLoss!.Value, 1e-5);
    }

    private static (double Loss, double[] Gradient) Run(HeadDefinition kind, double[] outputs, float[] labels, float[] weights)
    {
        // The row before has other numbers, which must not be touched.
        PinnedBuffer<double> buffer = new(2 * Block.Panel);
        buffer.Span.Fill(7);
        outputs.CopyTo(buffer.Span[Block.Panel..]);
        var losses = new double[2];
        ((RowHead<double>)kind.Create<double>(outputs.Length)).ComputeLossOfRows(
            new(buffer.Pointer, 2 * Block.Panel), [.. new float[outputs.Length], .. labels], [.. new float[outputs.Length], .. weights],
            scale: 1, losses, 1, 2);
        Assert.All(buffer.Span[..Block.Panel].ToArray(), number => Assert.Equal(7, number));
        Assert.All(buffer.Span[(Block.Panel + outputs.Length)..].ToArray(), number => Assert.Equal(0, number));
        return (losses[1], buffer.Span.Slice(Block.Panel, outputs.Length).ToArray());
    }

    private sealed class Recorded : ValidationMetrics
    {
        public List<string> Rows { get; } = [];

        public override void Clear() => Rows.Clear();

        public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs) =>
            Rows.Add(FormattableString.Invariant($"{string.Join(' ', labels.ToArray())}: {string.Join(' ', outputs.ToArray())}"));
    }

    /// <summary>A head with two outputs for each value: the kind that quantiles need.</summary>
    private sealed record IntervalDefinition : HeadDefinition
    {
        public override string Name => "Interval";

        public override bool HasValues => true;

        public override int OutputsFor(int labelSize) => 2 * labelSize;

        public override bool Fits(int outputs) => outputs > 0 && outputs % 2 == 0;

        public override Head<T> Create<T>(int outputs) => new IntervalHead<T>(outputs);

        public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => 4;
    }

    /// <summary>loss = weight · ((y[0] - label)² + 3 (y[1] - label)²), for each value.</summary>
    private sealed class IntervalHead<T>(int outputs) : RowHead<T>(outputs, labelSize: outputs / 2)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void ComputeLossOfRows(
            PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
            Span<double> losses, int first, int last)
        {
            for (int row = first; row < last; row++)
            {
                losses[row] = 0;
                for (int k = 0; k < PredictionSize; k++)
                {
                    float weight = (1 + k % 2 * 2) * weights[row * LabelSize + k / 2];
                    T error = outputs[row, k] - T.CreateTruncating(labels[row * LabelSize + k / 2]);
                    losses[row] += weight * double.CreateTruncating(error * error);
                    outputs[row, k] = T.CreateTruncating(2 * weight * scale) * error;
                }
                ClearPadding(outputs, row);
            }
        }

        public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) => CopyOutputs(outputs, row, prediction);
    }
}
