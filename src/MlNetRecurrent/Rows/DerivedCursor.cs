namespace MlNetRecurrent.Rows;

/// <summary>A cursor that is made of another, some of whose columns it may pass on: what <see cref="DerivedRow"/> is for a row.</summary>
/// <param name="schema">Its columns, and those of the other cursor.</param>
/// <param name="input">The other cursor, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedCursor(BoundSchema schema, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns)
    : DataViewRowCursor
{
    private readonly ActiveColumns _active = new(schema.Output, input, columns);

    public sealed override DataViewSchema Schema => schema.Output;

    /// <summary>The other cursor.</summary>
    protected DataViewRowCursor Input => input;

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    /// <summary>Goes to the next row, on one thread at a time.</summary>
    public sealed override bool MoveNext()
    {
        bool entered = _active.Guard.Enter();
        try
        {
            return Move();
        }
        finally
        {
            if (entered)
                _active.Guard.Leave();
        }
    }

    /// <summary>The getter of a column.</summary>
    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        _active.Getter<TValue>(column, SourceOf(column), MakeGetter);

    /// <summary>Goes to the next row; <see langword="false"/> where there is none.</summary>
    protected abstract bool Move();

    /// <summary>The column of the other cursor that a column is; <see langword="null"/> where it is one of this cursor's own.</summary>
    protected virtual DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    /// <summary>The getter of a column of its own.</summary>
    protected abstract Delegate MakeGetter(DataViewSchema.Column column);

    /// <summary>The error of a value that is asked for where there is no row.</summary>
    protected static InvalidOperationException NoRow() => new("The cursor stands on no row: MoveNext was not called, or gave false.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
