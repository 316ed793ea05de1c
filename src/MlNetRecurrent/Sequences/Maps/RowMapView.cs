using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A view with the column added, which is made while the view is read.</summary>
internal sealed class RowMapView(RowMapSchema schema, IDataView input) : TransformView(input, schema.Map.TransformName)
{
    public RowMap Map => schema.Map;

    public override bool CanShuffle => Source.CanShuffle;

    public override DataViewSchema Schema => schema.Output;

    public override long? GetRowCount() => Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(schema, Source.GetRowCursor(schema.Dependencies(columns), rand), columns);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Array.ConvertAll(Source.GetRowCursorSet(schema.Dependencies(columns), n, rand), cursor => (DataViewRowCursor)new Cursor(schema, cursor, columns));
    }

    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    private sealed class Cursor(RowMapSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns) : DerivedCursor(schema.Output, input, columns)
    {
        public override long Position => Input.Position;

        public override long Batch => Input.Batch;

        protected override bool Move() => Input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column) => schema.Added.MakeGetter(Input);
    }
}
