namespace MlNetRecurrent.Engine.Matrices;

/// <summary>A view of a matrix that is stored panel by panel: each panel holds <see cref="Block.Panel"/> columns of all rows.</summary>
internal readonly unsafe struct PanelMatrix<T>(T* data, nint panelStride)
    where T : unmanaged
{
    /// <summary>Elements between two panels of a matrix of so many rows. The odd cache line keeps panels off the same cache sets.</summary>
    public static nint StrideFor(nint rows) => rows * Block.Panel + 64;

    public T* Data { get; } = data;

    public nint PanelStride { get; } = panelStride;

    /// <summary>The first column of a panel at a row.</summary>
    public T* Panel(int panel, nint row) => Data + panel * PanelStride + row * Block.Panel;

    /// <summary>The first column of a block at a row.</summary>
    public T* BlockAt(int block, nint row) => Panel(block / 2, row) + block % 2 * Block.Size;

    public ref T this[nint row, int column] => ref Panel(column / Block.Panel, row)[column % Block.Panel];

    /// <summary>The same matrix without its first rows.</summary>
    public PanelMatrix<T> From(nint row) => new(Data + row * Block.Panel, PanelStride);
}
