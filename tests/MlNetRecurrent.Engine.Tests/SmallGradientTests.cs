using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>What optimizers do with gradients as small as their ε, which says where steps become shorter.</summary>
public sealed unsafe class SmallGradientTests
{
    private const double Rate = 0.5;

    /// <summary>With a gradient that stays the same, m̂ = g and v̂ = g² at each step, so that each is α g / (|g| + ε) long.</summary>
    [Theory]
    [InlineData(OptimizerKind.Adam, 1e-8)]
    [InlineData(OptimizerKind.Adam, -3e-8)]
    [InlineData(OptimizerKind.Adam, 1e-6)]
    [InlineData(OptimizerKind.AdamW, 1e-8)]
    internal void Adam_goes_half_as_far_where_the_gradient_is_its_epsilon(OptimizerKind kind, double gradient)
    {
        double expected = Rate * gradient / (Math.Abs(gradient) + 1e-8);
        Assert.Equal(1, -Weight(kind, gradient, steps: 1) / expected, 1e-4);
        Assert.Equal(1, -Weight(kind, gradient, steps: 5) / (5 * expected), 1e-4);
    }

    /// <summary>The first average is g² / 100, so that the step is α g / (|g| / 10 + ε) long.</summary>
    [Theory]
    [InlineData(1e-8)]
    [InlineData(-1e-7)]
    [InlineData(1e-5)]
    public void RmsProp_too(double gradient) =>
        Assert.Equal(1, -Weight(OptimizerKind.RmsProp, gradient, steps: 1) / (Rate * gradient / (Math.Abs(gradient) / 10 + 1e-8)), 1e-4);

    [Theory]
    [InlineData(1e-8)]
    [InlineData(-1e-12)]
    public void Sgd_takes_small_gradients_as_they_are(double gradient) =>
        Assert.Equal(1, -Weight(OptimizerKind.Sgd, gradient, steps: 1) / (Rate * gradient), 1e-3);

    /// <summary>A decay of λ with the rate α leaves 1 - α λ of a weight without a gradient.</summary>
    [Fact]
    public void AdamW_takes_the_same_part_of_every_weight()
    {
        Assert.Equal(4 * (1 - Rate * 0.1), Weight(OptimizerKind.AdamW, 0, steps: 1, weight: 4, decay: 0.1), 1e-6);
        Assert.Equal(4 * Math.Pow(1 - Rate * 0.1, 3), Weight(OptimizerKind.AdamW, 0, steps: 3, weight: 4, decay: 0.1), 1e-6);
    }

    private static double Weight(OptimizerKind kind, double gradient, int steps, double weight = 0, double decay = 0)
    {
        var settings = new OptimizerSettings { Kind = kind, WeightDecay = decay };
        Optimizer<Lanes256, float> optimizer = settings.Create<Lanes256, float>(Block.Size);
        PinnedBuffer<float> weights = new(Block.Size), gradients = new(Block.Size);
        weights.Span.Fill((float)weight);
        gradients.Span.Fill((float)gradient);
        for (int step = 0; step < steps; step++)
        {
            optimizer.NextStep(Rate);
            optimizer.Update(weights.Pointer, gradients.Pointer, gradientScale: 1, 0, Block.Size);
        }
        return weights.Span[3];
    }
}
