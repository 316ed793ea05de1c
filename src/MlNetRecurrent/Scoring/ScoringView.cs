using Microsoft.ML;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Scoring;

/// <summary>A view with the model's columns added, scored while it is read.</summary>
internal sealed class ScoringView(ScoringSchema schema, IDataView input) : TransformView(input, "a recurrent network")
{
    public override bool CanShuffle => Source.CanShuffle;

    public override DataViewSchema Schema => schema.Output;

    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    public override long? GetRowCount() => Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new ScoringCursor(schema, Source.GetRowCursor(schema.Dependencies(columns), rand), columns);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        DataViewRowCursor[] cursors = Source.GetRowCursorSet(schema.Dependencies(columns), n, rand);
        return Array.ConvertAll(cursors, cursor => (DataViewRowCursor)new ScoringCursor(schema, cursor, columns));
    }
}
