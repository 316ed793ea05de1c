using Microsoft.ML;

namespace MlNetRecurrent.Rows;

/// <summary>A cursor that is made of another, some of whose columns it may pass on: what <see cref="DerivedRow"/> is for a row.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="input">The other cursor, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedCursor(DataViewSchema schema, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns) : DataViewRowCursor
{
    public sealed override DataViewSchema Schema => schema;

    /// <summary>The other cursor.</summary>
    protected DataViewRowCursor Input => input;

    protected ActiveColumns Active { get; } = new(schema, columns);

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => Active.Contains(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Active.Getter<TValue>(column, input, SourceOf(column), MakeGetter);

    /// <summary>The column of the other cursor that a column is; <see langword="null"/> where it is one of this cursor's own.</summary>
    protected abstract DataViewSchema.Column? SourceOf(DataViewSchema.Column column);

    /// <summary>The getter of a column of its own.</summary>
    protected abstract Delegate MakeGetter(DataViewSchema.Column column);

    /// <summary>What is thrown where a value is asked for and there is no row.</summary>
    protected static InvalidOperationException NoRow() => new("The cursor stands on no row: MoveNext was not called, or gave false.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
