namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// dW[row] += Σ over samples of a[sample, row] · dy[sample], for one panel of columns: the gradient of the weights of
/// <see cref="PanelProduct{L, T}"/>. Row is a row of the panel, that is, a column of a.
/// </summary>
/// <param name="rows">Rows of all tiles.</param>
/// <param name="samples">Rows of a and dy.</param>
/// <param name="columns">a, as it is or as <see cref="ColumnPacking{L, T}"/> has put it.</param>
/// <param name="dy">[samples, panel].</param>
/// <param name="next">The dy to prefetch, because it is likely to be read after this one.</param>
/// <param name="gradient">[rows, panel].</param>
internal readonly unsafe struct GradientProduct<L, T>(
    int rows, int samples, TileColumns<T> columns, T* dy, T* next, T* gradient)
    : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TileColumns<T> _columns = columns;
    private readonly T* _dy = dy, _next = next, _gradient = gradient;
    private readonly nint _samples = samples;
    private readonly double _share = Prefetch<T>.ShareOf(rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        T* columns = _columns.Of(row);
        nint step = _columns.StepOf(TTile.Height);
        T* gradient = _gradient + row * Block.Panel;
        Hardware.Prefetch(gradient + TTile.Height * Block.Panel, TTile.Height * Block.Panel);
        var next = Prefetch<T>.PartOf(_next, _samples, row, TTile.Height, _share);
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            TTile tile = TTile.Load(gradient + lane, Block.Panel);
            tile = TileProduct<L, T>.Accumulate(tile, _samples, new(columns, 1), step, _dy + lane, next);
            tile.Store(gradient + lane, Block.Panel);
        }
    }
}
