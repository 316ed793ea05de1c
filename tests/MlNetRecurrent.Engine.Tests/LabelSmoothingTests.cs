using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Tests;

public sealed class LabelSmoothingTests
{
    private const double Smoothing = 0.2;

    private static readonly double[] _logits = [0.3, -1.2, 2.1, 0.05];

    [Fact]
    public void The_loss_of_classes_is_the_cross_entropy_with_a_label_that_has_a_part_of_every_class()
    {
        double sum = _logits.Sum(Math.Exp);
        double Target(int k) => (k == 2 ? 1 - Smoothing : 0) + Smoothing / 4;
        double expected = -_logits.Select((logit, k) => Target(k) * Math.Log(Math.Exp(logit) / sum)).Sum();
        Assert.Equal(1.5 * expected, Loss(HeadDefinition.Categorical, _logits, label: 2).Loss, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_loss_of_yes_or_no_is_the_cross_entropy_with_a_label_between_them(int label)
    {
        double target = (1 - Smoothing) * label + Smoothing / 2, p = 1 / (1 + Math.Exp(-_logits[0]));
        double expected = -target * Math.Log(p) - (1 - target) * Math.Log(1 - p);
        Assert.Equal(1.5 * expected, Loss(HeadDefinition.Bernoulli, _logits[..1], label).Loss, 1e-12);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void The_gradient_is_that_of_the_loss(int outputs)
    {
        const double h = 1e-6;
        HeadDefinition kind = outputs == 1 ? HeadDefinition.Bernoulli : HeadDefinition.Categorical;
        double[] gradient = Loss(kind, _logits[..outputs], label: 0).Gradient;
        for (int k = 0; k < outputs; k++)
        {
            double[] above = [.. _logits[..outputs]], below = [.. _logits[..outputs]];
            above[k] += h;
            below[k] -= h;
            Assert.Equal((Loss(kind, above, 0).Loss - Loss(kind, below, 0).Loss) / (2 * h), gradient[k], 1e-8);
        }
    }

    private static unsafe (double Loss, double[] Gradient) Loss(HeadDefinition kind, double[] logits, int label)
    {
        var buffer = new PinnedBuffer<double>(Block.Panel);
        logits.CopyTo(buffer.Span);
        var losses = new double[1];
        var head = (RowHead<double>)kind.Create<double>(logits.Length);
        head.Smoothing = Smoothing;
        head.ComputeLossOfRows(new(buffer.Pointer, Block.Panel), [label], [1.5f], 1, losses, 0, 1);
        return (losses[0], buffer.Span[..logits.Length].ToArray());
    }
}
