using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A view with the column added, which is made while the view is read.</summary>
internal sealed class RowMapView(RowMapSchema schema, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(schema, input.GetRowCursor(schema.Dependencies(columns), rand), columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Array.ConvertAll(input.GetRowCursorSet(schema.Dependencies(columns), n, rand), cursor => (DataViewRowCursor)new Cursor(schema, cursor, columns));
    }

    private sealed class Cursor(RowMapSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns) : DataViewRowCursor
    {
        private readonly bool[] _active = schema.Active(columns);

        public override DataViewSchema Schema => schema.Output;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => schema.Getter<TValue>(input, _active, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
