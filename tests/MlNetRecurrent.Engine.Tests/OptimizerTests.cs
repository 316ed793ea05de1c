using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds the optimizers against their equations, written down in double precision for one weight, over a hundred steps.</summary>
public sealed unsafe class OptimizerTests
{
    private const int Length = 64, Steps = 100;
    private const double Rate = 0.01, Decay = 0.05, Momentum = 0.8;

    [Fact]
    public void Every_kind_has_a_usual_learning_rate_and_any_other_is_refused()
    {
        Assert.All(Enum.GetValues<OptimizerKind>(), kind => Assert.True(OptimizerSettings.UsualLearningRate(kind, hasValues: false) > 0));
        const OptimizerKind other = (OptimizerKind)77;
        Assert.Throws<InvalidOperationException>(() => OptimizerSettings.UsualLearningRate(other, hasValues: true));
        Assert.Throws<InvalidOperationException>(() => new OptimizerSettings { Kind = other }.Create<ScalarLane, float>(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Decay)]
    public void Adam_follows_its_equations(double decay) =>
        HoldsAgainst(new() { Kind = OptimizerKind.Adam, WeightDecay = decay }, new AdamReference(decay, decoupled: 0).Step);

    [Theory]
    [InlineData(0)]
    [InlineData(Decay)]
    public void AdamW_decays_weights_apart_from_the_gradient(double decay) =>
        HoldsAgainst(new() { Kind = OptimizerKind.AdamW, WeightDecay = decay }, new AdamReference(0, decoupled: decay).Step);

    [Theory]
    [InlineData(0)]
    [InlineData(Decay)]
    public void RmsProp_follows_its_equations(double decay)
    {
        double[] v = new double[Length];
        HoldsAgainst(new() { Kind = OptimizerKind.RmsProp, WeightDecay = decay }, (i, _, w, g) =>
        {
            g += decay * w;
            v[i] = 0.99 * v[i] + 0.01 * g * g;
            return w - Rate * g / (Math.Sqrt(v[i]) + 1e-8);
        });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, Momentum)]
    [InlineData(Decay, Momentum)]
    public void Sgd_follows_its_equations(double decay, double momentum)
    {
        double[] u = new double[Length];
        HoldsAgainst(new() { Kind = OptimizerKind.Sgd, WeightDecay = decay, Momentum = momentum }, (i, _, w, g) =>
        {
            u[i] = momentum * u[i] + g + decay * w;
            return w - Rate * u[i];
        });
    }

    /// <summary>From the number of a weight, the step from 1, the weight and its gradient to the weight after the step.</summary>
    private delegate double Reference(int weight, int step, double w, double g);

    private static void HoldsAgainst(OptimizerSettings settings, Reference reference)
    {
        var random = new Random(1);
        var optimizer = settings.Create<Lanes256, float>(Length);
        PinnedBuffer<float> weights = new(Length), gradients = new(Length);
        double[] w = [.. Enumerable.Range(0, Length).Select(i => weights.Pointer[i] = random.NextSingle() - 0.5f)];
        double[] first = [.. w];
        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < Length; i++)
            {
                float g = (float)(random.NextDouble() - 0.3);
                gradients.Pointer[i] = 4 * g;
                w[i] = reference(i, step, w[i], g);
            }
            optimizer.NextStep(Rate);
            optimizer.Update(weights.Pointer, gradients.Pointer, gradientScale: 0.25, 0, 16);
            optimizer.Update(weights.Pointer, gradients.Pointer, gradientScale: 0.25, 16, Length);
        }
        for (int i = 0; i < Length; i++)
            Assert.Equal(w[i], weights.Pointer[i], 1e-5);
        Assert.True(w.Zip(first, (after, before) => Math.Abs(after - before)).Max() > 0.1, "the weights have hardly moved");
    }

    private sealed class AdamReference(double decay, double decoupled)
    {
        private readonly double[] _m = new double[Length], _v = new double[Length];

        public double Step(int i, int step, double w, double g)
        {
            g += decay * w;
            w *= 1 - Rate * decoupled;
            _m[i] = 0.9 * _m[i] + 0.1 * g;
            _v[i] = 0.999 * _v[i] + 0.001 * g * g;
            return w - Rate * (_m[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(_v[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
        }
    }
}
