namespace MlNetRecurrent.Engine.Kernels;

/// <summary>The sums over the rows of a panel: the gradient of the biases of <see cref="PanelProduct{L, T}"/>.</summary>
internal static unsafe class PanelSum<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sums that run side by side: an addition need not wait for the one before it.</summary>
    private const int Chains = 4;

    /// <summary>sum += Σ y[row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(nint rows, T* y, T* sum)
    {
        nint whole = rows / Chains * Chains;
        for (int lane = 0; lane < Block.Panel; lane += L.Count)
        {
            T* next = y + lane;
            L a = L.Load(sum + lane), b = L.Broadcast(T.Zero), c = b, d = b;
            for (nint row = 0; row < whole; row += Chains)
            {
                a += L.Load(next);
                b += L.Load(next + Block.Panel);
                c += L.Load(next + 2 * Block.Panel);
                d += L.Load(next + 3 * Block.Panel);
                next += Chains * Block.Panel;
            }
            for (nint row = whole; row < rows; row++)
            {
                a += L.Load(next);
                next += Block.Panel;
            }
            L.Store(a + b + (c + d), sum + lane);
        }
    }
}
