namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A view with the column added, which is made while the view is read.</summary>
internal sealed class RowMapView(RowMapSchema schema, IDataView input)
    : DerivedView(schema, input, schema.Map.TransformName, isOnePass: false)
{
    public RowMap Map => schema.Map;

    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new RowMapCursor(schema, input, columns);
}
