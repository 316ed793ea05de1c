using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class AdamTests
{
    [Fact]
    public void A_hundred_steps_follow_the_papers_equations()
    {
        const int length = 64;
        const double rate = 0.01;
        var random = new Random(1);
        var adam = new Adam<Lanes256, float>(length);
        PinnedBuffer<float> weights = new(length), gradients = new(length);
        double[] w = new double[length], m = new double[length], v = new double[length];
        for (int step = 1; step <= 100; step++)
        {
            for (int i = 0; i < length; i++)
            {
                float g = (float)(random.NextDouble() - 0.3);
                gradients.Pointer[i] = 4 * g;
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                w[i] -= rate * (m[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
            adam.NextStep(rate);
            adam.Update(weights.Pointer, gradients.Pointer, gradientScale: 0.25, 0, 16);
            adam.Update(weights.Pointer, gradients.Pointer, gradientScale: 0.25, 16, length);
        }
        for (int i = 0; i < length; i++)
            Assert.Equal(w[i], weights.Pointer[i], 1e-5);
        Assert.True(w.Max(Math.Abs) > 0.1, "the weights have hardly moved");
    }
}
