namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Accumulators over several panels side by side, for products of one or two rows: a tile of so few rows in one panel would wait for each
/// addition to end before the next. Composed of nodes like <see cref="IRowTile{TSelf, L, T}"/>.
/// </summary>
internal unsafe interface IPanelTile<TSelf, L, T>
    where TSelf : unmanaged, IPanelTile<TSelf, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Every row of a panel starts as the panel's first row at <paramref name="b"/>.</summary>
    static abstract TSelf Fill(T* b, nint panelStride);

    static abstract TSelf Zero();

    static abstract TSelf Load(T* y, nint rowStride, nint panelStride);

    /// <summary>Row r of each panel gains a[r · rowStride] times the panel's row at <paramref name="b"/>.</summary>
    TSelf MultiplyAdd(T* a, nint rowStride, T* b, nint panelStride);

    void Store(T* y, nint rowStride, nint panelStride);
}

/// <summary>The end of a tile.</summary>
internal readonly unsafe struct NoPanels<L, T> : IPanelTile<NoPanels<L, T>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoPanels<L, T> Fill(T* b, nint panelStride) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoPanels<L, T> Zero() => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoPanels<L, T> Load(T* y, nint rowStride, nint panelStride) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NoPanels<L, T> MultiplyAdd(T* a, nint rowStride, T* b, nint panelStride) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* y, nint rowStride, nint panelStride)
    {
    }
}

/// <summary>The rows of one panel, and the rest of the tile.</summary>
internal readonly unsafe struct Panels1<L, T, TRows, TRest>(TRows rows, TRest rest) : IPanelTile<Panels1<L, T, TRows, TRest>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : unmanaged, IRowTile<TRows, L, T>
    where TRest : unmanaged, IPanelTile<TRest, L, T>
{
    private readonly TRows _rows = rows;
    private readonly TRest _rest = rest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panels1<L, T, TRows, TRest> Fill(T* b, nint panelStride) =>
        new(TRows.Fill(L.Load(b), L.Load(b + Block.Size)), TRest.Fill(b + panelStride, panelStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panels1<L, T, TRows, TRest> Zero() => new(TRows.Fill(L.Broadcast(T.Zero), L.Broadcast(T.Zero)), TRest.Zero());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panels1<L, T, TRows, TRest> Load(T* y, nint rowStride, nint panelStride) =>
        new(TRows.Load(y, rowStride), TRest.Load(y + panelStride, rowStride, panelStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Panels1<L, T, TRows, TRest> MultiplyAdd(T* a, nint rowStride, T* b, nint panelStride) =>
        new(
            _rows.MultiplyAdd(new(a, rowStride), L.Load(b), L.Load(b + Block.Size)),
            _rest.MultiplyAdd(a, rowStride, b + panelStride, panelStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* y, nint rowStride, nint panelStride)
    {
        _rows.Store(y, rowStride);
        _rest.Store(y + panelStride, rowStride, panelStride);
    }
}
