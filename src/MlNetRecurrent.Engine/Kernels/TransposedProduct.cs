namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// x[row] = Σ, or x[row] += Σ, over panels of dy[panel][row] · Wᵀ, for one panel of x's columns: the gradient of the input of
/// <see cref="PanelProduct{L, T}"/>. dy is [panels][rows, panel] and Wᵀ is [panels · panel, panel].
/// </summary>
internal readonly unsafe struct TransposedProduct<L, T>(
    int rows, int panels, T* dy, nint dyPanelStride, T* transposed, T* x, nint xStride, bool add)
    : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _dy = dy, _transposed = transposed, _x = x;
    private readonly bool _add = add;
    private readonly double _share = Prefetch<T>.ShareOf(rows);
    private readonly nint _panels = panels, _dyPanelStride = dyPanelStride, _xStride = xStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        nint panelRows = _panels * Block.Panel;
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* dy = _dy + row * Block.Panel, b = _transposed + lane;
            T* x = _x + row * _xStride + lane;
            var next = Prefetch<T>.PartOf(_transposed + panelRows * Block.Panel, panelRows, row, TTile.Height, _share);
            L zero = L.Broadcast(T.Zero);
            TTile tile = _add ? TTile.Load(x, _xStride) : TTile.Fill(zero, zero);
            for (nint panel = _panels; panel > 0; panel--)
            {
                Hardware.Prefetch(dy + _dyPanelStride, TTile.Height * Block.Panel);
                tile = TileProduct<L, T>.Accumulate(tile, Block.Panel, new(dy, Block.Panel), 1, b, next);
                next = next.After(Block.Panel);
                dy += _dyPanelStride;
                b += Block.Panel * Block.Panel;
            }
            tile.Store(x, _xStride);
        }
    }
}
