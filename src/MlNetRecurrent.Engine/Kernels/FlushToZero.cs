using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Numbers too small to matter become zero. Many processors take a hundred times as long for a number below 1e-38, which has no leading bit
/// left, and what halves at every step - a gradient on its way back through time, an average of gradients that come no more - soon is such
/// a number.
/// </summary>
internal static unsafe class FlushToZero<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Far below any gradient that moves a weight.</summary>
    private const double SmallGradient = 1e-16;

    /// <summary>A gradient that has come back some steps, in multiples of 7e-24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Gradient(L x) => Round(x, SmallGradient);

    /// <summary>
    /// x in multiples of the last bit that <paramref name="small"/> has in the precision of T, which in single precision is about a
    /// ten-millionth of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Round(L x, double small)
    {
        L constant = L.Broadcast(T.CreateTruncating(small));
        return x + constant - constant;
    }
}
