using Microsoft.ML;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Rows;

/// <summary>A view whose rows come in one order, from one cursor, and are not counted before they are read.</summary>
internal abstract class OnePassView(DataViewSchema schema, IDataView source, string component) : TransformView(source, component)
{
    public sealed override bool CanShuffle => false;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long? GetRowCount() => null;

    public sealed override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => MakeCursor([.. columnsNeeded]);

    public sealed override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    protected abstract DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns);
}
