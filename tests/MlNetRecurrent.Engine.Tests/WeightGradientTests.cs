using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds the gradient of the weights, which is computed block by block, against the sum that it is.</summary>
public sealed unsafe class WeightGradientTests
{
    public static TheoryData<int, int, int, int, bool> Sizes => new()
    {
        // samples, inputs, states, panels, bias: one block, and one more and one less than the blocks of samples, columns and panels
        { 1, 1, 0, 1, true },
        { 5, 0, 16, 2, true },
        { 127, 63, 16, 3, true },
        { 128, 64, 64, 16, true },
        { 129, 65, 80, 17, true },
        { 300, 130, 0, 33, true },
        { 300, 3, 144, 2, true },
        { 200, 70, 80, 5, false },
        { 200, 0, 80, 5, false },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_weight_gains_the_sum_over_the_samples(int samples, int inputs, int states, int panels, bool bias)
    {
        AssertSums<ScalarLane>(samples, inputs, states, panels, bias);
        AssertSums<Lanes128>(samples, inputs, states, panels, bias);
        AssertSums<Lanes256>(samples, inputs, states, panels, bias);
        AssertSums<Lanes512>(samples, inputs, states, panels, bias);
    }

    private static void AssertSums<L>(int samples, int inputs, int states, int panels, bool bias)
        where L : unmanaged, IFloatLanes<L>
    {
        var random = new Random(samples);
        int xStride = inputs + 3, hStride = states + 5, rows = 1 + inputs + states;
        nint dyStride = samples * Block.Panel + 64, stride = (rows + 2) * Block.Panel;
        PinnedBuffer<float> x = Fill(samples * xStride), h = Fill(samples * hStride);
        PinnedBuffer<float> dy = Fill((int)(panels * dyStride)), gradient = Fill((int)(panels * stride));
        float[] before = gradient.Span.ToArray();
        new WeightGradient<L, float>(panels, dy.Pointer, dyStride, gradient.Pointer, stride)
            .Add(samples, inputs, x.Pointer, xStride, states, h.Pointer, hStride, bias);
        for (int panel = 0; panel < panels; panel++)
        {
            for (int row = 0; row < stride / Block.Panel; row++)
            {
                for (int column = 0; column < Block.Panel; column++)
                {
                    int place = (int)(panel * stride) + row * Block.Panel + column;
                    double expected = before[place];
                    for (int sample = 0; sample < samples; sample++)
                        expected += A(sample, row) * dy.Pointer[panel * dyStride + sample * Block.Panel + column];
                    Assert.Equal(expected, gradient.Pointer[place], 1e-4);
                }
            }
        }

        double A(int sample, int row)
        {
            if (row == 0)
                return bias ? 1 : 0;
            if (row <= inputs)
                return x.Pointer[sample * xStride + row - 1];
            return row < rows ? h.Pointer[sample * hStride + row - 1 - inputs] : 0;
        }

        PinnedBuffer<float> Fill(int count)
        {
            var buffer = new PinnedBuffer<float>(count + Block.Panel);
            for (int i = 0; i < count; i++)
                buffer.Pointer[i] = (float)(2 * random.NextDouble() - 1);
            return buffer;
        }
    }
}
