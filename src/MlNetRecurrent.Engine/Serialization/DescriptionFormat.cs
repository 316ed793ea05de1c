using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>A description at the head of a file: its length (4 bytes), the bytes, and their CRC-32. Numbers are little-endian.</summary>
/// <param name="subject">The name of the file in messages.</param>
internal sealed class DescriptionFormat(string subject)
{
    /// <summary>The longest description, in bytes: a million labels of sixty letters take as much.</summary>
    private const int Longest = 1 << 26;

    private const int ChunkLength = 1 << 16;

    /// <summary>The bytes around a description.</summary>
    public const int Frame = 2 * sizeof(int);

    /// <exception cref="InvalidOperationException">The description is longer than a reader would take.</exception>
    public static void Write(Stream stream, ReadOnlySpan<byte> description)
    {
        if (description.Length > Longest)
        {
            throw new InvalidOperationException(
                $"The description would take {description.Length} bytes; a file holds at most {Longest}. "
                + "Fewer or shorter labels need less.");
        }
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, description.Length);
        stream.Write(number);
        stream.Write(description);
        BinaryPrimitives.WriteUInt32LittleEndian(number, Crc32.HashToUInt32(description));
        stream.Write(number);
    }

    /// <summary>Reads a description. A wrong length never allocates more memory than the file has bytes.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="budget">The sizes of the other parts of the file; <see langword="null"/> where there are none.</param>
    /// <exception cref="InvalidDataException">The stream ends early, or holds something else than was written.</exception>
    public byte[] Read(Stream stream, LoadBudget? budget = null)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(ReadExactly(stream, sizeof(int)));
        if (length is <= 0 or > Longest)
            throw new InvalidDataException($"The {subject} is damaged: its description would be {length} bytes long.");
        if (stream.CanSeek && stream.Length - stream.Position < length)
            throw CutShort(length, stream.Length - stream.Position);
        byte[] description = stream.CanSeek ? ReadExactly(stream, length) : ReadInPieces(stream, length);
        uint computed = Crc32.HashToUInt32(description);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(stream, sizeof(uint)));
        if (computed != expected)
        {
            throw new InvalidDataException(
                $"The {subject} is damaged: the checksum of its description is {computed:x8}, the file says {expected:x8}.");
        }
        if (budget?.TakeDescription(length) == false && WeightDensity.IsPadded(description))
        {
            throw new InvalidDataException(
                $"The {subject} is damaged: its description of {length} bytes repeats itself, as others of the file do.");
        }
        return description;
    }

    private byte[] ReadInPieces(Stream stream, int length)
    {
        var bytes = new MemoryStream();
        var chunk = new byte[Math.Min(length, ChunkLength)];
        while (bytes.Length < length)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, length - bytes.Length));
            if (read == 0)
                throw CutShort(length, bytes.Length);
            bytes.Write(chunk, 0, read);
        }
        return bytes.ToArray();
    }

    private byte[] ReadExactly(Stream stream, int count)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw new InvalidDataException($"The {subject} is cut short: the file ends within its description.");
        return bytes;
    }

    private InvalidDataException CutShort(int length, long found) =>
        new($"The {subject} is cut short: of its description of {length} bytes the file has {found}.");
}
