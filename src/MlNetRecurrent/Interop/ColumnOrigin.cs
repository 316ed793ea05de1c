namespace MlNetRecurrent.Interop;

/// <summary>Where a column comes from.</summary>
/// <param name="Maker">The view that makes it.</param>
/// <param name="Source">The view before that.</param>
/// <param name="Columns">The columns of <paramref name="Source"/> that it is made of.</param>
internal sealed record ColumnOrigin(IDataView Maker, IDataView Source, DataViewSchema.Column[] Columns)
{
    /// <summary>
    /// Finds the view that makes a column; null if the column comes from the source of the data, or from a view whose source is
    /// unknown.
    /// </summary>
    public static ColumnOrigin? Of(IDataView view, DataViewSchema.Column column)
    {
        while (view is IDataTransform { Source: var source })
        {
            switch (view)
            {
                case TransformView own when own.SourceOf(column) is { } passedOn:
                    column = passedOn;
                    break;
                case TransformView:
                    return new(view, source, []);
                case IRowToRowMapper mapper:
                    DataViewSchema.Column[] columns = [.. mapper.GetDependencies([column])];
                    if (columns is not [var only] || only.Name != column.Name || !only.Type.Equals(column.Type))
                        return new(view, source, columns);
                    column = only;
                    break;
                default:
                    if (source.Schema.GetColumnOrNull(column.Name) is not { } same || !same.Type.Equals(column.Type))
                        return null;
                    column = same;
                    break;
            }
            view = source;
        }
        return null;
    }
}
