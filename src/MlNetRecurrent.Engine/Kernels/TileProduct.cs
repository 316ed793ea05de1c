namespace MlNetRecurrent.Engine.Kernels;

/// <summary>A matrix product that is computed one register tile at a time.</summary>
internal interface ITileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the rows from <paramref name="row"/> on that the tile holds.</summary>
    void Run<TTile>(nint row)
        where TTile : unmanaged, IRowTile<TTile, L, T>;
}

/// <summary>Code that the tile products share.</summary>
internal static unsafe class TileProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Splits the rows into tiles of nearly equal height. The split does not change the result: each number is one sum in a fixed order.
    /// </summary>
    public static void ForRows<TProduct>(int rows, in TProduct work)
        where TProduct : struct, ITileProduct<L, T>
    {
        // By reference, and not as an "in" parameter, which would be copied at each call: the product is large beside a small tile's work.
        ref TProduct product = ref Unsafe.AsRef(in work);
        int row = 0;
        for (int tiles = (rows + L.TileRows - 1) / L.TileRows; tiles > 0; tiles--)
        {
            int height = (rows - row + tiles - 1) / tiles;
            switch (height)
            {
                case 1: product.Run<Rows1<L, T, NoRows<L, T>>>(row); break;
                case 2: product.Run<Rows2<L, T, NoRows<L, T>>>(row); break;
                case 3: product.Run<Rows2<L, T, Rows1<L, T, NoRows<L, T>>>>(row); break;
                case 4: product.Run<Rows4<L, T, NoRows<L, T>>>(row); break;
                case 5: product.Run<Rows4<L, T, Rows1<L, T, NoRows<L, T>>>>(row); break;
                case 6: product.Run<Rows4<L, T, Rows2<L, T, NoRows<L, T>>>>(row); break;
                case 7: product.Run<Rows4<L, T, Rows2<L, T, Rows1<L, T, NoRows<L, T>>>>>(row); break;
                default: product.Run<Rows4<L, T, Rows4<L, T, NoRows<L, T>>>>(row); break;
            }
            row += height;
        }
    }

    /// <summary>
    /// The inner loop: tile row r gains Σₖ aₖ[r] · b[k], where a column aₖ lies <paramref name="step"/> elements after the one before it
    /// and the rows of b are one panel wide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TTile Accumulate<TTile>(TTile tile, nint count, TileColumn<T> a, nint step, T* b, Prefetch<T> ahead)
        where TTile : unmanaged, IRowTile<TTile, L, T>
    {
        for (T* end = b + count * Block.Panel; b != end; b += Block.Panel)
        {
            tile = tile.MultiplyAdd(a, L.Load(b), L.Load(b + Block.Size));
            a = a.Next(step);
            ahead = ahead.Ask();
        }
        return tile;
    }
}
