namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// y[row] = b + x[row] · W + h[row] · R for one panel of columns. The panel holds its weights row by row, one panel wide: b, then the rows
/// of W, then those of R. y is [rows, <see cref="Block.Panel"/>]. Behind the panel lies the next, which is read after this one.
/// </summary>
internal readonly unsafe struct PanelProduct<L, T>(
    int rows, int inputs, T* x, nint xStride, int states, T* h, nint hStride, T* panel, T* y)
    : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _x = x, _h = h, _panel = panel, _y = y;
    private readonly double _share = Prefetch<T>.ShareOf(rows);
    private readonly nint _inputs = inputs, _states = states, _xStride = xStride, _hStride = hStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        nint inputs = _inputs, states = _states, panelRows = 1 + inputs + states;
        var x = new TileColumn<T>(_x + row * _xStride, _xStride);
        var h = new TileColumn<T>(_h + row * _hStride, _hStride);
        T* y = _y + row * Block.Panel;
        var next = Prefetch<T>.PartOf(_panel + panelRows * Block.Panel, panelRows, row, TTile.Height, _share);
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* bias = _panel + lane;
            TTile tile = TTile.Fill(L.Load(bias), L.Load(bias + Block.Size));
            tile = TileProduct<L, T>.Accumulate(tile, inputs, x, 1, bias + Block.Panel, next);
            tile = TileProduct<L, T>.Accumulate(tile, states, h, 1, bias + Block.Panel * (1 + inputs), next.After(inputs));
            tile.Store(y + lane, Block.Panel);
        }
    }
}
