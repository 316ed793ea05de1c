using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// dW[row] += Σ over samples of a[sample, row] · dy[sample], for one panel of columns: the gradient of the weights of
/// <see cref="PanelProduct{L, T}"/>. Row is a row of the panel, that is, a column of a.
/// </summary>
internal readonly unsafe struct GradientProduct<L, T>(int samples, T* a, nint aStride, T* dy, T* gradient) : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _a = a, _dy = dy, _gradient = gradient;
    private readonly nint _samples = samples, _aStride = aStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* gradient = _gradient + row * Block.Panel + lane;
            TTile tile = TTile.Load(gradient, Block.Panel);
            tile = TileProduct<L, T>.Accumulate(tile, _samples, _a + row, 1, _aStride, _dy + lane);
            tile.Store(gradient, Block.Panel);
        }
    }
}
