namespace MlNetRecurrent.Rows;

/// <summary>A view that a transformer makes of another. Its cursors are <see cref="DerivedCursor"/>s.</summary>
/// <param name="schema">The transformer, bound to the schema of the other view.</param>
/// <param name="source">The other view.</param>
/// <param name="component">The transformer, by the name that users know.</param>
/// <param name="isOnePass">
/// Whether rows depend on the rows before them: they come in one order, from one cursor, and are not counted before they are read.
/// </param>
internal abstract class DerivedView(BoundSchema schema, IDataView source, string component, bool isOnePass)
    : TransformView(source, component)
{
    public sealed override bool CanShuffle => !isOnePass && Source.CanShuffle;

    public sealed override DataViewSchema Schema => schema.Output;

    public sealed override long? GetRowCount() => isOnePass ? null : Source.GetRowCount();

    public sealed override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return MakeCursor(Source.GetRowCursor(schema.Dependencies(columns), isOnePass ? null : rand), columns);
    }

    public sealed override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        if (isOnePass)
            return [GetRowCursor(columnsNeeded)];
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        DataViewRowCursor[] cursors = Source.GetRowCursorSet(schema.Dependencies(columns), n, rand);
        return Array.ConvertAll(cursors, cursor => MakeCursor(cursor, columns));
    }

    public sealed override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    /// <summary>Makes a cursor.</summary>
    /// <param name="input">A cursor of the other view, which the new one owns. It has the columns that are needed.</param>
    /// <param name="columns">The columns that are asked for.</param>
    protected abstract DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns);
}
