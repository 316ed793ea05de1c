using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Brings sequences of keys to one length, whatever integers they are stored in.</summary>
internal static class PaddedKeys
{
    private static readonly MethodInfo _of = typeof(PaddedKeys).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key, PaddedSequence map) =>
        (Delegate)_of.MakeGenericMethod(key.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, map], null)!;

    private static ValueGetter<VBuffer<T>> Of<T>(DataViewRow row, DataViewSchema.Column column, PaddedSequence map)
    {
        DataViewSchema.Column found = row.Schema[column.Name];
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(found);
        VBuffer<T> read = default;
        return (ref VBuffer<T> value) =>
        {
            getter(ref read);
            VectorLength.ThrowIfOther(row, found, read.Length);
            T[] keys = [.. read.DenseValues()];
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, map.Length);
            editor.Values.Clear();
            map.Place<T>(keys, 1, editor.Values);
            value = editor.Commit();
        };
    }
}
