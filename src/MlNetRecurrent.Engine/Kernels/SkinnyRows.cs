namespace MlNetRecurrent.Engine.Kernels;

/// <summary>A matrix product of one or two rows that is computed some panels at a time.</summary>
internal interface ISkinnyProduct<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the panels from <paramref name="panel"/> on that the tile holds.</summary>
    void Run<TTile>(nint panel)
        where TTile : unmanaged, IPanelTile<TTile, L, T>;
}

/// <summary>
/// Splits products of few rows into tiles of several panels. The split does not change the result: each number is one sum in a fixed order.
/// </summary>
internal static class SkinnyRows<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest number of rows that this is for.</summary>
    public const int Most = 2;

    /// <summary>One row: four panels at a time.</summary>
    public static void One<TProduct>(int panels, in TProduct work)
        where TProduct : struct, ISkinnyProduct<L, T>
    {
        // By reference, as in TileProduct.ForRows.
        ref TProduct product = ref Unsafe.AsRef(in work);
        int panel = 0;
        for (; panel <= panels - 4; panel += 4)
        {
            product.Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>,
                Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>>>>(panel);
        }
        for (; panel <= panels - 2; panel += 2)
            product.Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>>(panel);
        if (panel < panels)
            product.Run<Panels1<L, T, Rows1<L, T, NoRows<L, T>>, NoPanels<L, T>>>(panel);
    }

    /// <summary>Two rows: two panels at a time.</summary>
    public static void Two<TProduct>(int panels, in TProduct work)
        where TProduct : struct, ISkinnyProduct<L, T>
    {
        // By reference, as in TileProduct.ForRows.
        ref TProduct product = ref Unsafe.AsRef(in work);
        int panel = 0;
        for (; panel <= panels - 2; panel += 2)
            product.Run<Panels1<L, T, Rows2<L, T, NoRows<L, T>>, Panels1<L, T, Rows2<L, T, NoRows<L, T>>, NoPanels<L, T>>>>(panel);
        if (panel < panels)
            product.Run<Panels1<L, T, Rows2<L, T, NoRows<L, T>>, NoPanels<L, T>>>(panel);
    }
}
