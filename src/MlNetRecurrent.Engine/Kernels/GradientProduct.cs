using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// dW[panel][row] += Σ over samples of a[sample, row] · dy[panel][sample], for some panels of columns: the gradient of the weights of
/// <see cref="PanelProduct{L, T}"/>. Row is a row of the panels, that is, a column of a. There are at most <see cref="MostSamples"/> samples.
/// </summary>
internal readonly unsafe struct GradientProduct<L, T>(
    int samples, T* a, nint aStride, int panels, T* dy, nint dyPanelStride, T* gradient, nint gradientPanelStride) : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A panel of so many samples and the columns of a that a tile reads stay in the first-level cache.</summary>
    public const int MostSamples = 128;

    /// <summary>Copying the columns of a side by side pays from so many panels on: far apart, they share few places in the cache.</summary>
    private const int PackedFrom = 3;

    private readonly T* _a = a, _dy = dy, _gradient = gradient;
    private readonly nint _samples = samples, _aStride = aStride, _panels = panels, _dyPanelStride = dyPanelStride, _gradientPanelStride = gradientPanelStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        T* columns = _a + row;
        nint step = _aStride;
        T* packed = stackalloc T[MostSamples * TTile.Height];
        if (_panels >= PackedFrom)
        {
            T* next = packed;
            for (nint left = _samples; left > 0; left--)
            {
                Unsafe.CopyBlockUnaligned(next, columns, (uint)(TTile.Height * sizeof(T)));
                columns += step;
                next += TTile.Height;
            }
            columns = packed;
            step = TTile.Height;
        }
        T* dy = _dy, gradient = _gradient + row * Block.Panel;
        for (nint panel = _panels; panel > 0; panel--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                Hardware.Prefetch(gradient + _gradientPanelStride, TTile.Height * Block.Panel);
                TTile tile = TTile.Load(gradient + lane, Block.Panel);
                tile = TileProduct<L, T>.Accumulate(tile, _samples, new(columns, 1), step, dy + lane, new(dy + _dyPanelStride, Block.Size));
                tile.Store(gradient + lane, Block.Panel);
            }
            dy += _dyPanelStride;
            gradient += _gradientPanelStride;
        }
    }
}
