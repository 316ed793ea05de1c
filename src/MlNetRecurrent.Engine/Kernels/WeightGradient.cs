namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// The gradients of the weights of some panels, as <see cref="PanelProduct{L, T}"/> reads them: dW[panel][row] += Σ over samples of
/// a[sample, row] · dy[panel][sample], where a is 1 for the biases, then x, then h. Around <see cref="GradientProduct{L, T}"/> it takes
/// blocks of samples, of panels and of weights, each as large as the caches.
/// </summary>
/// <param name="panels">Panels of dy and dW.</param>
/// <param name="dy">[panels][samples, panel].</param>
/// <param name="dyPanelStride">Elements from one panel of dy to the next.</param>
/// <param name="gradient">[panels][1 + columns of x + columns of h, panel].</param>
/// <param name="gradientPanelStride">Elements from one panel of dW to the next.</param>
internal readonly unsafe struct WeightGradient<L, T>(int panels, T* dy, nint dyPanelStride, T* gradient, nint gradientPanelStride)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// A panel of so many samples and the columns of a that a tile reads stay in the first-level cache. A sum over more samples is split
    /// into parts, always the same.
    /// </summary>
    private const int MostSamples = 128;

    /// <summary>Panels that are computed together: their dy stays in the second-level cache.</summary>
    private const int MostPanels = 16;

    /// <summary>Columns of a that are packed together.</summary>
    private const int MostColumns = 64;

    /// <summary>Packing pays from so many panels on.</summary>
    private const int PackedFrom = 3;

    private readonly T* _dy = dy, _gradient = gradient;

    /// <summary>Adds the part of some samples. There must be columns of x or of h.</summary>
    /// <param name="samples">Rows of x, h and dy.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="x">[samples, …].</param>
    /// <param name="xStride">Elements from one row of x to the next.</param>
    /// <param name="states">Columns of h.</param>
    /// <param name="h">[samples, …].</param>
    /// <param name="hStride">Elements from one row of h to the next.</param>
    /// <param name="bias">Whether the biases have gradients.</param>
    public void Add(int samples, int inputs, T* x, nint xStride, int states, T* h, nint hStride, bool bias)
    {
        for (int sample = 0; sample < samples; sample += MostSamples)
        {
            int count = Math.Min(MostSamples, samples - sample);
            for (int panel = 0; panel < panels; panel += MostPanels)
            {
                int together = Math.Min(MostPanels, panels - panel);
                var block = new WeightGradient<L, T>(
                    together, _dy + panel * dyPanelStride + sample * Block.Panel, dyPanelStride,
                    _gradient + panel * gradientPanelStride, gradientPanelStride);
                block.AddColumns(count, inputs, x + sample * xStride, xStride, 1, bias);
                block.AddColumns(count, states, h + sample * hStride, hStride, 1 + inputs, bias && inputs == 0);
            }
        }
    }

    /// <summary>
    /// The rows of dW from <paramref name="firstRow"/> on, and with them the biases, whose summands are then in the cache for the products.
    /// </summary>
    [SkipLocalsInit]
    private void AddColumns(int samples, int columns, T* a, nint aStride, int firstRow, bool bias)
    {
        T* packed = stackalloc T[MostSamples * MostColumns];
        for (int column = 0; column < columns; column += MostColumns)
        {
            int count = Math.Min(MostColumns, columns - column);
            var tiles = TileColumns<T>.InPlace(a + column, aStride);
            if (panels >= PackedFrom)
            {
                TileProduct<L, T>.ForRows(count, new ColumnPacking<L, T>(samples, a + column, aStride, packed));
                tiles = TileColumns<T>.Packed(packed, samples);
            }
            for (int panel = 0; panel < panels; panel++)
            {
                T* dy = _dy + panel * dyPanelStride, gradient = _gradient + panel * gradientPanelStride;
                // After the last panel, the next samples: the same again where more columns follow, which are in the cache.
                T* next = panel + 1 < panels ? dy + dyPanelStride : _dy + samples * Block.Panel;
                if (bias && column == 0)
                    PanelSum<L, T>.Add(samples, dy, gradient);
                TileProduct<L, T>.ForRows(
                    count, new GradientProduct<L, T>(count, samples, tiles, dy, next, gradient + (firstRow + column) * Block.Panel));
            }
        }
    }
}
