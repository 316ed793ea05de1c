using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Memory that will be read soon, asked for while a product runs on what is at hand: a cache line at each step. The addresses need not be
/// valid. Weights that do not fit the second-level cache would otherwise come too late.
/// </summary>
/// <param name="next">What is asked for first.</param>
/// <param name="stride">Elements to what is asked for at the next step.</param>
internal readonly unsafe struct Prefetch<T>(T* next, nint stride)
    where T : unmanaged
{
    /// <summary>A tile's part of the next panel: all tiles together ask for all of it, each as many times as the panel has rows.</summary>
    /// <param name="panel">The next panel.</param>
    /// <param name="panelRows">Its rows, which are the steps of the product.</param>
    /// <param name="row">The first row of the tile.</param>
    /// <param name="height">The rows of the tile.</param>
    /// <param name="share">The elements of a row of the panel for each row of the tiles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Prefetch<T> PartOf(T* panel, nint panelRows, nint row, nint height, double share) =>
        new(panel + (nint)(row * panelRows * share), (nint)(height * share));

    /// <summary>
    /// The share of a row of the next panel that each of so many rows asks for. A division, to be made once for all tiles.
    /// </summary>
    public static double ShareOf(int rows) => Block.Panel / (double)rows;

    /// <summary>Asks for the next line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Prefetch<T> Ask()
    {
        Hardware.PrefetchToSecondLevel(next);
        return After(1);
    }

    /// <summary>What is left after so many steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Prefetch<T> After(nint steps) => new(next + steps * stride, stride);
}
