namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// Copies the columns of each tile side by side, in the order in which the product reads them. Columns that lie far apart compete for a few
/// places in the cache.
/// </summary>
internal readonly unsafe struct ColumnPacking<L, T>(int samples, T* matrix, nint stride, T* packed) : ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _matrix = matrix, _packed = packed;
    private readonly nint _samples = samples, _stride = stride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        T* source = _matrix + row, target = _packed + row * _samples;
        for (nint left = _samples; left > 0; left--)
        {
            Unsafe.CopyBlockUnaligned(target, source, (uint)(TTile.Height * sizeof(T)));
            source += _stride;
            target += TTile.Height;
        }
    }
}
