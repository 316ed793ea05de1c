using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Workers;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Rows;

/// <summary>A row that is made of another, some of whose columns it may pass on.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="input">The other row, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedRow(DataViewSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns) : DataViewRow, IDerivedRow
{
    private readonly ThreadGuard _guard = new();

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => input.Position;

    public sealed override long Batch => input.Batch;

    /// <summary>The other row.</summary>
    public DataViewRow Input => input;

    protected ActiveColumns Active { get; } = new(schema, columns);

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => Active.Contains(column);

    /// <summary>
    /// The getter of a column. Those of its own columns let one thread in at a time, and hand out no value while the row becomes another.
    /// </summary>
    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        DataViewSchema.Column? source = SourceOf(column);
        ValueGetter<TValue> getter = Active.Getter<TValue>(column, input, source, MakeGetter);
        return source is not null ? getter : (ref TValue value) =>
        {
            bool entered = _guard.Enter();
            try
            {
                long position = input.Position;
                getter(ref value);
                if (input.Position != position)
                    throw ThreadGuard.SharedByThreads();
            }
            finally
            {
                if (entered)
                    _guard.Leave();
            }
        };
    }

    /// <summary>The column of the other row that a column is; <see langword="null"/> where it is one of this row's own.</summary>
    protected abstract DataViewSchema.Column? SourceOf(DataViewSchema.Column column);

    /// <summary>The getter of a column of its own.</summary>
    protected abstract Delegate MakeGetter(DataViewSchema.Column column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
