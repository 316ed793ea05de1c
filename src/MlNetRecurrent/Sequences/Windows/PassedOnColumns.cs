using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>
/// Reads the columns that are passed on before a window takes the row: where one of them fails, the caller of a <c>PredictionEngine</c>
/// sees no row, so that the window must not have it either.
/// </summary>
internal sealed class PassedOnColumns
{
    private static readonly MethodInfo _scalar = Method(nameof(OfScalar)), _vector = Method(nameof(OfVector));

    private readonly Action[] _readers;

    public PassedOnColumns(DataViewRow row, IEnumerable<DataViewSchema.Column> columns)
    {
        _readers = [.. columns.Select(column => (Action)(column.Type is VectorDataViewType vector
            ? _vector.MakeGenericMethod(vector.ItemType.RawType)
            : _scalar.MakeGenericMethod(column.Type.RawType)).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!)];
    }

    /// <summary>Reads and forgets the values of the current row.</summary>
    public void Read()
    {
        foreach (Action read in _readers)
            read();
    }

    private static MethodInfo Method(string name) => typeof(PassedOnColumns).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

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
