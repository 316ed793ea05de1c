using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>A description at the head of a file: its length (4 bytes), the bytes, and their CRC-32. Numbers are little-endian.</summary>
/// <param name="subject">What the file is called in messages.</param>
internal sealed class DescriptionFormat(string subject)
{
    /// <summary>No description is as long as this: a length beyond it is damage.</summary>
    private const int Longest = 1 << 28;

    /// <summary>What stands around a description, in bytes.</summary>
    public const int Frame = 2 * sizeof(int);

    public static void Write(Stream stream, ReadOnlySpan<byte> description)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, description.Length);
        stream.Write(number);
        stream.Write(description);
        BinaryPrimitives.WriteUInt32LittleEndian(number, Crc32.HashToUInt32(description));
        stream.Write(number);
    }

    /// <summary>Reads in pieces, so that a wrong length does not ask for more memory than the file has bytes.</summary>
    /// <exception cref="InvalidDataException">The stream ends early, or holds something else than was written.</exception>
    public byte[] Read(Stream stream)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(ReadExactly(stream, sizeof(int)));
        if (length is <= 0 or > Longest)
            throw new InvalidDataException($"The {subject} is damaged: its description would be {length} bytes long.");
        var bytes = new MemoryStream();
        var chunk = new byte[Math.Min(length, 1 << 16)];
        while (bytes.Length < length)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, length - bytes.Length));
            if (read == 0)
                throw new InvalidDataException($"The {subject} is cut short: of its description of {length} bytes the file has {bytes.Length}.");
            bytes.Write(chunk, 0, read);
        }
        byte[] description = bytes.ToArray();
        uint computed = Crc32.HashToUInt32(description), expected = BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(stream, sizeof(uint)));
        if (computed != expected)
            throw new InvalidDataException($"The {subject} is damaged: the checksum of its description is {computed:x8}, the file says {expected:x8}.");
        return description;
    }

    private byte[] ReadExactly(Stream stream, int count)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw new InvalidDataException($"The {subject} is cut short: the file ends within its description.");
        return bytes;
    }
}
