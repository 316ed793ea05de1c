using System.Diagnostics;
using System.Runtime.CompilerServices;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>Multiply-adds in registers alone.</summary>
internal static unsafe class Peak<L>
    where L : unmanaged, IFloatLanes<L>
{
    private const int Steps = 10000, Chains = 12;

    private const double Operations = 2.0 * Steps * Chains;

    /// <summary>Floating-point operations in a second: the best of some runs.</summary>
    public static double Measure()
    {
        double best = double.MaxValue;
        for (int round = 0; round < 200; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return Operations * L.Count / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run()
    {
        L x = L.Broadcast(0.999f), y = L.Broadcast(0.001f);
        L a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = L.MultiplyAdd(a, x, y);
            b = L.MultiplyAdd(b, x, y);
            c = L.MultiplyAdd(c, x, y);
            d = L.MultiplyAdd(d, x, y);
            e = L.MultiplyAdd(e, x, y);
            f = L.MultiplyAdd(f, x, y);
            g = L.MultiplyAdd(g, x, y);
            h = L.MultiplyAdd(h, x, y);
            i = L.MultiplyAdd(i, x, y);
            j = L.MultiplyAdd(j, x, y);
            k = L.MultiplyAdd(k, x, y);
            l = L.MultiplyAdd(l, x, y);
        }
        float* sink = stackalloc float[Block.Size];
        L.Store(a + b + c + d + e + f + g + h + i + j + k + l, sink);
    }
}
