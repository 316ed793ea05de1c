namespace MlNetRecurrent.Forecasting;

/// <summary>Reads the value of a static column: numbers, or a token.</summary>
/// <param name="row">The row.</param>
/// <param name="column">The column.</param>
internal sealed class StaticReader(DataViewRow row, SequenceColumn column)
{
    private readonly SequenceSet _set = new([column.ToField(embeddingSize: 1)]);
    private readonly FieldReader _reader = column.HoldsTokens
        ? new StaticTokenReader(row, row.Schema[column.Name], column)
        : new StaticNumberReader(row, row.Schema[column.Name]);

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">The value is not finite, or beyond the keys of the column.</exception>
    public Array Read()
    {
        ReadIntoSet();
        return column.HoldsTokens ? _set.Tokens(0, 0).ToArray() : _set.Values(0, 0).ToArray();
    }

    /// <summary>Whether the current row has this value.</summary>
    public bool Equals(Array value)
    {
        ReadIntoSet();
        return column.HoldsTokens
            ? _set.Tokens(0, 0).SequenceEqual((int[])value)
            : _set.Values(0, 0).SequenceEqual((float[])value);
    }

    private void ReadIntoSet()
    {
        _reader.Read();
        _set.Clear();
        _reader.AddTo(_set);
        _set.Complete();
    }
}
