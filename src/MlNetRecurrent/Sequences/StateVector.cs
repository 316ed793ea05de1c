namespace MlNetRecurrent.Sequences;

/// <summary>Vectors in the saved state of an engine. Those of known size may be sparse.</summary>
internal static class StateVector
{
    /// <summary>The most values of a sparse vector whose type does not say the size, since readers may make it dense.</summary>
    private const int LargestSparse = 1 << 24;

    public static void Write<T>(BinaryWriter writer, VBuffer<T> vector)
    {
        ReadOnlySpan<T> values = vector.GetValues();
        writer.Write(vector.Length);
        writer.Write(values.Length);
        foreach (T value in values)
            StateValue.Write(writer, value);
        if (vector.IsDense)
            return;
        foreach (int index in vector.GetIndices())
            writer.Write(index);
    }

    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static VBuffer<T> Read<T>(BinaryReader reader, VectorDataViewType type)
    {
        int length = reader.ReadInt32(), count = reader.ReadInt32();
        if (length < 0 || count < 0 || count > length || (type.IsKnownSize && length != type.Size))
            throw Damaged($"a {type} has {length} values, {count} of them given");
        // As the values come, so that a wrong count asks for no more memory than the stream has bytes.
        var values = new List<T>();
        for (int i = 0; i < count; i++)
            values.Add(StateValue.Read<T>(reader));
        if (count == length)
            return new(length, [.. values]);
        if (!type.IsKnownSize && (long)length > LargestSparse)
            throw Damaged($"a {type} has {length} values");
        var indices = new int[count];
        for (int i = 0, last = -1; i < count; last = indices[i++])
        {
            indices[i] = reader.ReadInt32();
            if (indices[i] <= last || indices[i] >= length)
                throw Damaged($"a vector of {length} values has one at place {indices[i]} after place {last}");
        }
        return new(length, count, [.. values], indices);
    }

    private static InvalidDataException Damaged(FormattableString reason) =>
        new($"The state is damaged: {FormattableString.Invariant(reason)}.");
}
