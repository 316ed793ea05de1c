namespace MlNetRecurrent.Engine.Kernels;

/// <summary>The columns of a matrix, as the tiles of a product read them: where they lie in the matrix, or copied side by side.</summary>
internal readonly unsafe struct TileColumns<T>
    where T : unmanaged
{
    private readonly T* _data;
    private readonly nint _distance, _step;

    private TileColumns(T* data, nint distance, nint step)
    {
        _data = data;
        _distance = distance;
        _step = step;
    }

    /// <summary>Columns of a matrix whose rows lie <paramref name="stride"/> elements apart.</summary>
    public static TileColumns<T> InPlace(T* matrix, nint stride) => new(matrix, 1, stride);

    /// <summary>Tile after tile, of each [samples, the tile's columns].</summary>
    public static TileColumns<T> Packed(T* packed, nint samples) => new(packed, samples, 0);

    /// <summary>Where the tile that begins with a column finds its first sample.</summary>
    public T* Of(nint column) => _data + column * _distance;

    /// <summary>Elements from a sample to the next, in a tile of so many columns.</summary>
    public nint StepOf(nint height) => _step > 0 ? _step : height;
}
