namespace MlNetRecurrent.Engine.Matrices;

/// <summary>A view of rows in memory: row i begins at <c>Data + i · Stride</c>.</summary>
internal readonly unsafe struct RowMatrix<T>(T* data, nint stride)
    where T : unmanaged
{
    public T* Data { get; } = data;

    public nint Stride { get; } = stride;

    public bool IsNull => Data is null;

    /// <summary>The same matrix without its first rows.</summary>
    public RowMatrix<T> From(nint row) => new(Row(row), Stride);

    public T* Row(nint row) => Data + row * Stride;

    /// <summary>Asks for the first rows, which are read soon: where a product begins with them, it would wait for each.</summary>
    public void Prefetch(nint rows)
    {
        for (T* line = Data; line < Row(rows); line += Block.Size)
            Hardware.PrefetchToSecondLevel(line);
    }
}
