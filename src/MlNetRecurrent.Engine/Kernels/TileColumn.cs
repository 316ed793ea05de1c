namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// The addresses of the numbers that one step of a matrix product multiplies, one for each row of a tile, at a constant distance. The loop
/// carries only two pointers and multiples of the distance.
/// </summary>
internal readonly unsafe struct TileColumn<T>
    where T : unmanaged
{
    private readonly T* _upper, _lower;
    private readonly nint _stride, _threeStrides;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileColumn(T* first, nint stride)
        : this(first, first + 4 * stride, stride, 3 * stride)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TileColumn(T* upper, T* lower, nint stride, nint threeStrides)
    {
        _upper = upper;
        _lower = lower;
        _stride = stride;
        _threeStrides = threeStrides;
    }

    public T Row0 => *_upper;

    public T Row1 => _upper[_stride];

    public T Row2 => _upper[2 * _stride];

    public T Row3 => _upper[_threeStrides];

    /// <summary>The rows from the fifth on.</summary>
    public TileColumn<T> Lower
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_lower, _lower, _stride, _threeStrides);
    }

    /// <summary>The column without its first rows, of which there are at most two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileColumn<T> From(nint row) => new(_upper + row * _stride, _lower, _stride, _threeStrides);

    /// <summary>The next column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileColumn<T> Next(nint step) => new(_upper + step, _lower + step, _stride, _threeStrides);
}
