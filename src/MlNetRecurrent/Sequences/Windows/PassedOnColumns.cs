namespace MlNetRecurrent.Sequences.Windows;

/// <summary>
/// Reads the columns that are passed on before the row is added to a window. If one of them cannot be read, a <c>PredictionEngine</c>
/// fails, and the window must not have the row.
/// </summary>
internal sealed class PassedOnColumns
{
    private readonly Action[] _readers;

    public PassedOnColumns(DataViewRow row, IEnumerable<DataViewSchema.Column> columns)
    {
        _readers = [.. columns.Select(column => column.Type is VectorDataViewType
            ? TypeDispatch.Call(OfVector<int>, column.Type, row, column)
            : TypeDispatch.Call(OfScalar<int>, column.Type, row, column))];
    }

    /// <summary>Reads and forgets the values of the current row.</summary>
    public void Read()
    {
        foreach (Action read in _readers)
            read();
    }

    private static Action OfScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () => getter(ref value);
    }

    private static Action OfVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            VectorLength.ThrowIfOther(row, column, value.Length);
        };
    }
}
