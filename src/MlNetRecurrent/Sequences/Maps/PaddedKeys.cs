namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Brings sequences of keys to one length, whatever integers they are stored in.</summary>
internal static class PaddedKeys
{
    /// <summary>Makes the getter of the keys, a <see cref="ValueGetter{TValue}"/> of their type.</summary>
    public static Delegate MakeGetter(DataViewRow row, PaddedSequence map)
    {
        DataViewSchema.Column column = row.Schema[map.InputColumnName];
        return TypeDispatch.Call(OfKeys<int>, column.Type, row, column, map);
    }

    private static Delegate OfKeys<T>(DataViewRow row, DataViewSchema.Column column, PaddedSequence map)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> read = default;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            getter(ref read);
            VectorLength.ThrowIfOther(row, column, read.Length);
            T[] keys = [.. read.DenseValues()];
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, map.Length);
            editor.Values.Clear();
            map.Place<T>(keys, 1, editor.Values);
            value = editor.Commit();
        });
    }
}
