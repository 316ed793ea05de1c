using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Tests;

public sealed class LossTests
{
    [Theory]
    [InlineData(0, 0.7, 2.0)]
    [InlineData(1, 0.7, 2.0)]
    [InlineData(1, -30, 0.5)]
    public void Of_yes_or_no_it_is_minus_the_logarithm_of_the_probability_times_the_weight(int label, double logit, double weight)
    {
        double p = 1 / (1 + Math.Exp(-logit));
        (double loss, double[] gradient) = Run(HeadDefinition.Bernoulli, [logit], label, weight, scale: 0.25);
        Assert.Equal(-weight * Math.Log(label == 1 ? p : 1 - p), loss, 1e-9);
        Assert.Equal(0.25 * weight * (p - label), gradient[0], 1e-9);
    }

    [Fact]
    public void Of_classes_it_is_minus_the_logarithm_of_the_probability_times_the_weight()
    {
        double[] logits = [0.3, -1.2, 2.1];
        double sum = logits.Sum(Math.Exp);
        (double loss, double[] gradient) = Run(HeadDefinition.Categorical, logits, label: 1, weight: 2, scale: 0.25);
        Assert.Equal(-2 * Math.Log(Math.Exp(logits[1]) / sum), loss, 1e-9);
        Assert.Equal(logits.Select((logit, k) => 0.25 * 2 * (Math.Exp(logit) / sum - (k == 1 ? 1 : 0))), gradient, (x, y) =>
            Math.Abs(x - y) < 1e-9);
    }

    [Fact]
    public void Of_values_it_is_the_square_of_the_error_times_the_weight()
    {
        (double loss, double[] gradient) = Run(HeadDefinition.Value, [1.5], label: 4, weight: 3, scale: 0.25);
        Assert.Equal(3 * 2.5 * 2.5, loss, 1e-12);
        Assert.Equal(0.25 * 3 * 2 * -2.5, gradient[0], 1e-12);
    }

    /// <summary>The loss of a class whose logit is so far below the largest is that distance.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(1e6)]
    public void It_stays_a_number_where_logits_are_large(double logit)
    {
        (double loss, double[] gradient) = Run(HeadDefinition.Categorical, [logit, -logit, logit], label: 1, weight: 1, scale: 1);
        Assert.Equal(2 * logit + Math.Log(2), loss, 1e-6);
        Assert.Equal([0.5, -1, 0.5], gradient, (x, y) => Math.Abs(x - y) < 1e-9);
        (loss, gradient) = Run(HeadDefinition.Bernoulli, [-logit], label: 1, weight: 1, scale: 1);
        Assert.Equal((logit, -1.0), (loss, gradient[0]));
        (loss, gradient) = Run(HeadDefinition.Bernoulli, [logit], label: 1, weight: 1, scale: 1);
        Assert.Equal((0.0, 0.0), (loss, gradient[0]));
    }

    [Fact]
    public void Probabilities_stay_numbers_where_logits_are_large()
    {
        PinnedBuffer<double> buffer = new(Block.Panel);
        ((double[])[-1e5, 1e5, 1e5, -1e5]).CopyTo(buffer.Span);
        var probabilities = new float[4];
        unsafe
        {
            var head = (RowHead<double>)HeadDefinition.Categorical.Create<double>(probabilities.Length);
            head.PredictRow(new(buffer.Pointer, Block.Panel), 0, probabilities);
        }
        Assert.Equal([float.Epsilon, 0.5f, 0.5f, float.Epsilon], probabilities);
    }

    private static unsafe (double Loss, double[] Gradient) Run(HeadDefinition kind, double[] logits, int label, double weight, double scale)
    {
        // The row before has other numbers, which must not be touched.
        PinnedBuffer<double> buffer = new(2 * Block.Panel);
        buffer.Span.Fill(7);
        logits.CopyTo(buffer.Span[Block.Panel..]);
        var losses = new double[2];
        ((RowHead<double>)kind.Create<double>(logits.Length))
            .ComputeLossOfRows(new(buffer.Pointer, 2 * Block.Panel), [0, label], [5, (float)weight], scale, losses, 1, 2);
        Assert.All(buffer.Span[..Block.Panel].ToArray(), number => Assert.Equal(7, number));
        Assert.All(buffer.Span[(Block.Panel + logits.Length)..].ToArray(), number => Assert.Equal(0, number));
        Assert.Equal(0, losses[0]);
        return (losses[1], buffer.Span.Slice(Block.Panel, logits.Length).ToArray());
    }
}
