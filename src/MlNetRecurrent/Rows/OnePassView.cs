using Microsoft.ML;

namespace MlNetRecurrent.Rows;

/// <summary>A view whose rows come in one order, from one cursor, and are not counted before they are read.</summary>
internal abstract class OnePassView(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => MakeCursor([.. columnsNeeded]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    protected abstract DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns);
}
