using Microsoft.ML;

namespace MlNetRecurrent.Scoring;

/// <summary>A view with the model's columns added, scored while it is read.</summary>
internal sealed class ScoringView(ScoringSchema schema, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new ScoringCursor(schema, input.GetRowCursor(schema.Dependencies(columns), rand), columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Array.ConvertAll(input.GetRowCursorSet(schema.Dependencies(columns), n, rand), cursor => (DataViewRowCursor)new ScoringCursor(schema, cursor, columns));
    }
}
