namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// <see cref="TransposedProduct{L, T}"/> for one row, several panels of x at a time. Each number is the same sum in the same order.
/// </summary>
internal readonly unsafe struct SkinnyTransposedProduct<L, T>(
    int dyPanels, T* dy, nint dyPanelStride, T* transposed, T* x, bool add)
    : ISkinnyProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _dy = dy, _transposed = transposed, _x = x;
    private readonly bool _add = add;
    private readonly nint _dyPanels = dyPanels, _dyPanelStride = dyPanelStride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint panel)
        where TTile : unmanaged, IPanelTile<TTile, L, T>
    {
        nint panelSize = _dyPanels * Block.Panel * Block.Panel;
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* dy = _dy, b = _transposed + panel * panelSize + lane, x = _x + panel * Block.Panel + lane;
            TTile tile = _add ? TTile.Load(x, 0, Block.Panel) : TTile.Zero();
            for (nint left = _dyPanels; left > 0; left--)
            {
                for (nint column = 0; column < Block.Panel; column++)
                {
                    tile = tile.MultiplyAdd(dy + column, 0, b, panelSize);
                    b += Block.Panel;
                }
                dy += _dyPanelStride;
            }
            tile.Store(x, 0, Block.Panel);
        }
    }
}
