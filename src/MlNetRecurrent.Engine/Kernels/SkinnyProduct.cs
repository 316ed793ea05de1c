namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// <see cref="PanelProduct{L, T}"/> for one or two rows, several panels at a time. Each number is the same sum in the same order.
/// </summary>
internal readonly unsafe struct SkinnyProduct<L, T>(
    int inputs, T* x, nint xStride, int states, T* h, nint hStride, T* panels, nint panelSize, T* y, nint yPanelStride)
    : ISkinnyProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _x = x, _h = h, _panels = panels, _y = y;
    private readonly nint _inputs = inputs, _states = states, _xStride = xStride, _hStride = hStride;
    private readonly nint _panelSize = panelSize, _yPanelStride = yPanelStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint panel)
        where TTile : unmanaged, IPanelTile<TTile, L, T>
    {
        nint panelSize = _panelSize, xStride = _xStride, hStride = _hStride;
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* b = _panels + panel * panelSize + lane, x = _x, h = _h;
            TTile tile = TTile.Fill(b, panelSize);
            for (nint i = _inputs; i > 0; i--)
            {
                b += Block.Panel;
                tile = tile.MultiplyAdd(x, xStride, b, panelSize);
                x++;
            }
            for (nint i = _states; i > 0; i--)
            {
                b += Block.Panel;
                tile = tile.MultiplyAdd(h, hStride, b, panelSize);
                h++;
            }
            tile.Store(_y + panel * _yPanelStride + lane, Block.Panel, _yPanelStride);
        }
    }
}
