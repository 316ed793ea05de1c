namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Rounds numbers too small to matter to zero. Many processors are a hundred times slower with denormal numbers, below 1e-38, and whatever
/// halves at every step soon is one: a gradient on its way back through time, or the average of gradients that have become zero.
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
