using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetRecurrent.Sequences;

/// <summary>
/// Values of a column in the saved state of an engine: texts as UTF-16, since they need not be valid, all others as they are in memory,
/// little-endian.
/// </summary>
internal static class StateValue
{
    public static void Write<T>(BinaryWriter writer, T value)
    {
        switch (value)
        {
            case string text:
                Write(writer, text.AsSpan());
                return;
            case ReadOnlyMemory<char> text:
                Write(writer, text.Span);
                return;
            default:
                writer.Write(Bytes(ref value));
                return;
        }
    }

    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    public static T Read<T>(BinaryReader reader)
    {
        if (typeof(T) == typeof(string))
            return (T)(object)ReadText(reader);
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (T)(object)ReadText(reader).AsMemory();
        T value = default!;
        reader.BaseStream.ReadExactly(Bytes(ref value));
        return value;
    }

    public static void Write<T>(BinaryWriter writer, List<T> values)
    {
        writer.Write(values.Count);
        foreach (T value in values)
            Write(writer, value);
    }

    /// <summary>Adds the values that were written to a list.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    public static void Read<T>(BinaryReader reader, List<T> values)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
            values.Add(Read<T>(reader));
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<char> text)
    {
        writer.Write(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text));
    }

    private static string ReadText(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        Stream stream = reader.BaseStream;
        if (length < 0 || (long)length * sizeof(char) > stream.Length - stream.Position)
            throw new EndOfStreamException();
        return string.Create(length, stream, (text, source) => source.ReadExactly(MemoryMarshal.AsBytes(text)));
    }

    private static Span<byte> Bytes<T>(ref T value)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new NotSupportedException($"The state holds values of {typeof(T)}, which cannot be saved.");
        return MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
    }
}
