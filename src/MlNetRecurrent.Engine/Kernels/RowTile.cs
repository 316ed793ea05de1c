namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Accumulators of a matrix product: some rows, each two registers wide, kept in registers as long as the product runs. Tiles of any height
/// are composed of nodes (<c>Rows4&lt;Rows1&lt;NoRows&gt;&gt;</c> is five rows), which the JIT flattens into one block of instructions.
/// Values are passed and returned whole: a reference to a node would force the registers to memory.
/// </summary>
internal unsafe interface IRowTile<TSelf, L, T>
    where TSelf : unmanaged, IRowTile<TSelf, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Height { get; }

    /// <summary>Every row starts as (left, right).</summary>
    static abstract TSelf Fill(L left, L right);

    /// <summary>
    /// Reads the rows at <paramref name="c"/>, <paramref name="c"/> + stride, …; the right register lies one block after the left.
    /// </summary>
    static abstract TSelf Load(T* c, nint stride);

    /// <summary>Row r gains a[r] · (left, right).</summary>
    TSelf MultiplyAdd(TileColumn<T> a, L left, L right);

    void Store(T* c, nint stride);
}

/// <summary>The end of a tile.</summary>
internal readonly unsafe struct NoRows<L, T> : IRowTile<NoRows<L, T>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Height => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoRows<L, T> Fill(L left, L right) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoRows<L, T> Load(T* c, nint stride) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NoRows<L, T> MultiplyAdd(TileColumn<T> a, L left, L right) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* c, nint stride)
    {
    }
}

/// <summary>One row, and the rest of the tile.</summary>
internal readonly unsafe struct Rows1<L, T, TRest>(L left, L right, TRest rest) : IRowTile<Rows1<L, T, TRest>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRest : unmanaged, IRowTile<TRest, L, T>
{
    private readonly L _left = left, _right = right;
    private readonly TRest _rest = rest;

    public static int Height => 1 + TRest.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows1<L, T, TRest> Fill(L left, L right) => new(left, right, TRest.Fill(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows1<L, T, TRest> Load(T* c, nint stride) => new(L.Load(c), L.Load(c + Block.Size), TRest.Load(c + stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Rows1<L, T, TRest> MultiplyAdd(TileColumn<T> a, L left, L right)
    {
        L x = L.Broadcast(a.Row0);
        return new(L.MultiplyAdd(x, left, _left), L.MultiplyAdd(x, right, _right), _rest.MultiplyAdd(a.From(1), left, right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* c, nint stride)
    {
        L.Store(_left, c);
        L.Store(_right, c + Block.Size);
        _rest.Store(c + stride, stride);
    }
}

/// <summary>Two rows, and the rest of the tile.</summary>
internal readonly unsafe struct Rows2<L, T, TRest>(L left0, L right0, L left1, L right1, TRest rest) : IRowTile<Rows2<L, T, TRest>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRest : unmanaged, IRowTile<TRest, L, T>
{
    private readonly L _left0 = left0, _right0 = right0, _left1 = left1, _right1 = right1;
    private readonly TRest _rest = rest;

    public static int Height => 2 + TRest.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows2<L, T, TRest> Fill(L left, L right) => new(left, right, left, right, TRest.Fill(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows2<L, T, TRest> Load(T* c, nint stride) =>
        new(L.Load(c), L.Load(c + Block.Size), L.Load(c + stride), L.Load(c + stride + Block.Size), TRest.Load(c + 2 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Rows2<L, T, TRest> MultiplyAdd(TileColumn<T> a, L left, L right)
    {
        L x0 = L.Broadcast(a.Row0), x1 = L.Broadcast(a.Row1);
        return new(
            L.MultiplyAdd(x0, left, _left0), L.MultiplyAdd(x0, right, _right0),
            L.MultiplyAdd(x1, left, _left1), L.MultiplyAdd(x1, right, _right1),
            _rest.MultiplyAdd(a.From(2), left, right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* c, nint stride)
    {
        L.Store(_left0, c);
        L.Store(_right0, c + Block.Size);
        L.Store(_left1, c + stride);
        L.Store(_right1, c + stride + Block.Size);
        _rest.Store(c + 2 * stride, stride);
    }
}

/// <summary>Four rows, and the rest of the tile.</summary>
internal readonly unsafe struct Rows4<L, T, TRest>(
    L left0, L right0, L left1, L right1, L left2, L right2, L left3, L right3, TRest rest)
    : IRowTile<Rows4<L, T, TRest>, L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRest : unmanaged, IRowTile<TRest, L, T>
{
    private readonly L _left0 = left0, _right0 = right0, _left1 = left1, _right1 = right1;
    private readonly L _left2 = left2, _right2 = right2, _left3 = left3, _right3 = right3;
    private readonly TRest _rest = rest;

    public static int Height => 4 + TRest.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows4<L, T, TRest> Fill(L left, L right) =>
        new(left, right, left, right, left, right, left, right, TRest.Fill(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows4<L, T, TRest> Load(T* c, nint stride) => new(
        L.Load(c), L.Load(c + Block.Size), L.Load(c + stride), L.Load(c + stride + Block.Size),
        L.Load(c + 2 * stride), L.Load(c + 2 * stride + Block.Size), L.Load(c + 3 * stride), L.Load(c + 3 * stride + Block.Size),
        TRest.Load(c + 4 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Rows4<L, T, TRest> MultiplyAdd(TileColumn<T> a, L left, L right)
    {
        L x0 = L.Broadcast(a.Row0), x1 = L.Broadcast(a.Row1), x2 = L.Broadcast(a.Row2), x3 = L.Broadcast(a.Row3);
        return new(
            L.MultiplyAdd(x0, left, _left0), L.MultiplyAdd(x0, right, _right0),
            L.MultiplyAdd(x1, left, _left1), L.MultiplyAdd(x1, right, _right1),
            L.MultiplyAdd(x2, left, _left2), L.MultiplyAdd(x2, right, _right2),
            L.MultiplyAdd(x3, left, _left3), L.MultiplyAdd(x3, right, _right3),
            _rest.MultiplyAdd(a.Lower, left, right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* c, nint stride)
    {
        L.Store(_left0, c);
        L.Store(_right0, c + Block.Size);
        L.Store(_left1, c + stride);
        L.Store(_right1, c + stride + Block.Size);
        L.Store(_left2, c + 2 * stride);
        L.Store(_right2, c + 2 * stride + Block.Size);
        L.Store(_left3, c + 3 * stride);
        L.Store(_right3, c + 3 * stride + Block.Size);
        _rest.Store(c + 4 * stride, stride);
    }
}
