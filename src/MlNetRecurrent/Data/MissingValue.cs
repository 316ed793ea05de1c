namespace MlNetRecurrent.Data;

/// <summary>Tests for missing values. Integers, times and Booleans have none.</summary>
internal static class MissingValue
{
    /// <summary>Returns a test for missing values of a type. Null if the type has no missing values.</summary>
    public static Func<T, bool>? Test<T>(DataViewType type) => (Func<T, bool>?)Test(type);

    private static Delegate? Test(DataViewType type) => type switch
    {
        KeyDataViewType key => TestKey(key.RawType, key.Count),
        NumberDataViewType when type == NumberDataViewType.Single => (Func<float, bool>)float.IsNaN,
        NumberDataViewType when type == NumberDataViewType.Double => (Func<double, bool>)double.IsNaN,
        // A text loader reads an empty cell as an empty text.
        TextDataViewType => (Func<ReadOnlyMemory<char>, bool>)(text => text.Span.IsWhiteSpace()),
        _ => null,
    };

    /// <summary>A key outside the range of its type has no value either.</summary>
    private static Delegate TestKey(Type type, ulong count)
    {
        if (type == typeof(byte)) return (Func<byte, bool>)(key => key == 0 || key > count);
        if (type == typeof(ushort)) return (Func<ushort, bool>)(key => key == 0 || key > count);
        if (type == typeof(uint)) return (Func<uint, bool>)(key => key == 0 || key > count);
        return (Func<ulong, bool>)(key => key == 0 || key > count);
    }
}
