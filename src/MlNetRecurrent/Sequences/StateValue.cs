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
        return CanBe(value) ? value : throw new InvalidDataException($"The state is damaged: it holds a {typeof(T).Name} that cannot be.");
    }

    public static void Write<T>(BinaryWriter writer, List<T> values)
    {
        writer.Write(values.Count);
        foreach (T value in values)
            Write(writer, value);
    }

    /// <summary>Adds the values that were written to a list.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">There are more or fewer values.</exception>
    public static void Read<T>(BinaryReader reader, List<T> values, long expected)
    {
        int count = reader.ReadInt32();
        if (count != expected)
            throw new InvalidDataException($"The state is damaged: a group has {count} values where its rows have {expected}.");
        for (int left = count; left > 0; left--)
            values.Add(Read<T>(reader));
    }

    /// <summary>Reads which row, of all groups, the last one of a group was.</summary>
    public static long ReadUse(BinaryReader reader)
    {
        long use = reader.ReadInt64();
        return use is >= 0 and <= long.MaxValue / 2
            ? use
            : throw new InvalidDataException($"The state is damaged: the last row of a group was row {use}.");
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<char> text)
    {
        writer.Write(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text));
    }

    /// <summary>Whether bits, which may come from a damaged file, are a valid value of their type.</summary>
    private static bool CanBe<T>(T value) => value switch
    {
        bool => Bytes(ref value)[0] <= 1,
        DateTime time => IsTime(time.Ticks),
        DateTimeOffset time => IsTime(time.UtcTicks) && Math.Abs(time.Offset.Ticks) <= 14 * TimeSpan.TicksPerHour
            && IsTime(time.UtcTicks + time.Offset.Ticks),
        _ => true,
    };

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;

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
