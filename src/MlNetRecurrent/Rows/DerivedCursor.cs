using Microsoft.ML;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Rows;

/// <summary>A cursor that is made of another, some of whose columns it may pass on: what <see cref="DerivedRow"/> is for a row.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="input">The other cursor, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedCursor(DataViewSchema schema, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns) : DataViewRowCursor
{
    private readonly ThreadGuard _guard = new();

    public sealed override DataViewSchema Schema => schema;

    /// <summary>The other cursor.</summary>
    protected DataViewRowCursor Input => input;

    protected ActiveColumns Active { get; } = new(schema, columns);

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => Active.Contains(column);

    /// <summary>Goes to the next row, on one thread at a time.</summary>
    public sealed override bool MoveNext()
    {
        bool entered = _guard.Enter();
        try
        {
            return Move();
        }
        finally
        {
            if (entered)
                _guard.Leave();
        }
    }

    /// <summary>The getter of a column. Those of its own columns let one thread in at a time.</summary>
    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        DataViewSchema.Column? source = SourceOf(column);
        ValueGetter<TValue> getter = Active.Getter<TValue>(column, input, source, MakeGetter);
        return source is not null ? getter : (ref TValue value) =>
        {
            bool entered = _guard.Enter();
            try
            {
                getter(ref value);
            }
            finally
            {
                if (entered)
                    _guard.Leave();
            }
        };
    }

    /// <summary>Goes to the next row; <see langword="false"/> where there is none.</summary>
    protected abstract bool Move();

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
