using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Rows;

/// <summary>A row that is made of another, some of whose columns it may pass on.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="input">The other row, which it owns.</param>
/// <param name="columns">The columns that are asked for.</param>
internal abstract class DerivedRow(DataViewSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns) : DataViewRow
{
    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => input.Position;

    public sealed override long Batch => input.Batch;

    /// <summary>The other row.</summary>
    protected DataViewRow Input => input;

    protected ActiveColumns Active { get; } = new(schema, columns);

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => Active.Contains(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Active.Getter<TValue>(column, input, SourceOf(column), MakeGetter);

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
