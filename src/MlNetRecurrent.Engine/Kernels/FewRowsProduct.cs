using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary><see cref="PanelProduct{L, T}"/> for one or two rows, several panels at a time. Each number is the same sum in the same order.</summary>
internal readonly unsafe struct FewRowsProduct<L, T>(
    int inputs, T* x, nint xStride, int states, T* h, nint hStride, T* panels, nint panelSize, T* y, nint yPanelStride)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most rows that this is for.</summary>
    public const int MostRows = 2;

    private readonly T* _x = x, _h = h, _panels = panels, _y = y;
    private readonly nint _inputs = inputs, _states = states, _xStride = xStride, _hStride = hStride, _panelSize = panelSize, _yPanelStride = yPanelStride;

    /// <summary>Computes so many panels, for one or two rows.</summary>
    public void ForPanels(int rows, int panels)
    {
        int panel = 0;
        if (rows == 1)
        {
            for (; panel <= panels - 4; panel += 4)
                Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>>>>(panel);
            for (; panel <= panels - 2; panel += 2)
                Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>>(panel);
            for (; panel < panels; panel++)
                Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>(panel);
        }
        else
        {
            for (; panel <= panels - 2; panel += 2)
                Run<Panels1<L, T, Rows2<L, T, NoRows<L, T>>, Panels1<L, T, Rows2<L, T, NoRows<L, T>>, NoPanels<L, T>>>>(panel);
            for (; panel < panels; panel++)
                Run<Panels1<L, T, Rows2<L, T, NoRows<L, T>>, NoPanels<L, T>>>(panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Run<TTile>(nint panel)
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
