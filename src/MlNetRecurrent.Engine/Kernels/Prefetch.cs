namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Prefetches memory that will be read soon, while a product runs: a cache line at each step. The addresses need not be valid. Without it,
/// weights that do not fit the second-level cache would come too late.
/// </summary>
/// <param name="next">The first address.</param>
/// <param name="stride">Elements from one address to the next.</param>
internal readonly unsafe struct Prefetch<T>(T* next, nint stride)
    where T : unmanaged
{
    /// <summary>
    /// A tile's part of the next panel. A tile prefetches once for each row of the panel; all tiles together cover the panel.
    /// </summary>
    /// <param name="panel">The next panel.</param>
    /// <param name="panelRows">Its rows, which are the steps of the product.</param>
    /// <param name="row">The first row of the tile.</param>
    /// <param name="height">The rows of the tile.</param>
    /// <param name="share">The elements of a row of the panel for each row of the tiles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Prefetch<T> PartOf(T* panel, nint panelRows, nint row, nint height, double share) =>
        new(panel + (nint)(row * panelRows * share), (nint)(height * share));

    /// <summary>
    /// The share of a row of the next panel that each of so many rows prefetches. It is a division, to be made once for all tiles.
    /// </summary>
    public static double ShareOf(int rows) => Block.Panel / (double)rows;

    /// <summary>Prefetches the next line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Prefetch<T> Ask()
    {
        Hardware.PrefetchToSecondLevel(next);
        return After(1);
    }

    /// <summary>The state after so many steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Prefetch<T> After(nint steps) => new(next + steps * stride, stride);
}
