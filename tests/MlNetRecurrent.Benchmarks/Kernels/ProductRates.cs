using System.Diagnostics;
using System.Globalization;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>The matrix products of a recurrent net in GFLOP/s, each beside the peak that was measured just before it.</summary>
internal sealed unsafe class ProductRates(int rows, int inputs, int panels) : IWidthDependent<string>
{
    public string Run<L>()
        where L : unmanaged, IFloatLanes<L>
    {
        int width = panels * Block.Panel, panelSize = (1 + inputs) * Block.Panel, stride = rows * Block.Panel + 64;
        int outputPanels = (inputs + Block.Panel - 1) / Block.Panel, transposedPanelSize = width * Block.Panel;
        PinnedBuffer<float> x = RandomBuffer.Create(rows * (inputs + Block.Panel) + Block.Panel);
        PinnedBuffer<float> weights = RandomBuffer.Create(panels * panelSize), y = RandomBuffer.Create(panels * stride);
        PinnedBuffer<float> transposed = RandomBuffer.Create(outputPanels * transposedPanelSize);
        double flops = 2.0 * rows * inputs * width;
        string forward = Report<L>(flops, () =>
        {
            for (int panel = 0; panel < panels; panel++)
            {
                TileProduct<L, float>.ForRows(rows, new PanelProduct<L, float>(
                    rows, inputs, x.Pointer, inputs, 0, null, 0, weights.Pointer + panel * panelSize, y.Pointer + panel * stride));
            }
        });
        string gradient = Report<L>(flops, () =>
        {
            new WeightGradient<L, float>(panels, y.Pointer, stride, weights.Pointer, panelSize)
                .Add(rows, inputs, x.Pointer, inputs, 0, null, 0, bias: false);
        });
        string backward = Report<L>(2.0 * rows * outputPanels * Block.Panel * width, () =>
        {
            for (int panel = 0; panel < outputPanels; panel++)
            {
                TileProduct<L, float>.ForRows(rows, new TransposedProduct<L, float>(
                    rows, panels, y.Pointer, stride, transposed.Pointer + panel * transposedPanelSize, x.Pointer + panel * Block.Panel,
                    inputs + Block.Panel, add: false));
            }
        });
        return $"rows {rows} inputs {inputs} outputs {width}: forward {forward}, gradient {gradient}, backward {backward}";
    }

    private static string Report<L>(double flops, Action product)
        where L : unmanaged, IFloatLanes<L>
    {
        double peak = Peak<L>.Measure(), rate = flops / Seconds(product);
        return string.Create(CultureInfo.InvariantCulture, $"{rate / 1e9:F0} of {peak / 1e9:F0} GFLOP/s ({rate / peak:P0})");
    }

    /// <summary>The best of 30 times of about a millisecond.</summary>
    private static double Seconds(Action run)
    {
        run();
        long start = Stopwatch.GetTimestamp();
        run();
        int repeats = (int)Math.Clamp(1e-3 / Stopwatch.GetElapsedTime(start).TotalSeconds, 1, 10000);
        double best = double.MaxValue;
        for (int round = 0; round < 30; round++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
                run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / repeats);
        }
        return best;
    }
}
