namespace MlNetRecurrent.Rows;

/// <summary>A row that is made of another, some of whose columns it may pass on.</summary>
/// <param name="schema">Its columns, and those of the other row.</param>
/// <param name="input">The other row, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedRow(BoundSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns)
    : DataViewRow, IDerivedRow
{
    private readonly ActiveColumns _active = new(schema.Output, input, columns);

    public sealed override DataViewSchema Schema => schema.Output;

    public sealed override long Position => input.Position;

    public sealed override long Batch => input.Batch;

    /// <summary>The other row.</summary>
    public DataViewRow Input => input;

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    /// <summary>The getter of a column.</summary>
    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        _active.Getter<TValue>(column, schema.SourceOf(column), MakeGetter);

    /// <summary>The getter of a column of its own.</summary>
    protected abstract Delegate MakeGetter(DataViewSchema.Column column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
