namespace MlNetRecurrent.Data;

/// <summary>Reads keys of any integer type that ML.NET supports.</summary>
internal static class KeyReader
{
    /// <summary>Reads the key of the current row. 0 is a missing key.</summary>
    public static Func<ulong> Scalar(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        if (type == typeof(uint)) return Scalar<uint>(row, column, key => key);
        if (type == typeof(byte)) return Scalar<byte>(row, column, key => key);
        if (type == typeof(ushort)) return Scalar<ushort>(row, column, key => key);
        return Scalar<ulong>(row, column, key => key);
    }

    /// <summary>Reads the keys of the current row into the buffer, which grows if necessary, and returns their number.</summary>
    /// <exception cref="InvalidOperationException">The vector does not have the length of its type.</exception>
    public static VectorGetter Vector(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = ((VectorDataViewType)column.Type).ItemType.RawType;
        if (type == typeof(uint)) return Vector<uint>(row, column, key => (int)Math.Min(key, int.MaxValue));
        if (type == typeof(byte)) return Vector<byte>(row, column, key => key);
        if (type == typeof(ushort)) return Vector<ushort>(row, column, key => key);
        return Vector<ulong>(row, column, key => (int)Math.Min(key, int.MaxValue));
    }

    private static Func<ulong> Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }

    private static VectorGetter Vector<T>(DataViewRow row, DataViewSchema.Column column, Func<T, int> convert)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> keys = default;
        return (ref int[] buffer) =>
        {
            getter(ref keys);
            VectorLength.ThrowIfOther(row, column, keys.Length);
            if (buffer.Length < keys.Length)
                Array.Resize(ref buffer, Math.Max(keys.Length, 2 * buffer.Length));
            if (!keys.IsDense)
                Array.Clear(buffer, 0, keys.Length);
            ReadOnlySpan<T> values = keys.GetValues();
            ReadOnlySpan<int> indices = keys.GetIndices();
            for (int i = 0; i < values.Length; i++)
                buffer[keys.IsDense ? i : indices[i]] = convert(values[i]);
            return keys.Length;
        };
    }

    public delegate int VectorGetter(ref int[] buffer);
}
