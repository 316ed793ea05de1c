using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace MlNetRecurrent.Tests.Files;

/// <summary>
/// What the library writes to a model file: a description with its checksum, and the weights with a checksum of both.
/// Changes keep all checksums right.
/// </summary>
internal sealed record DescribedFile(string Description, byte[] Weights)
{
    public static DescribedFile Of(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        write(new BinaryWriter(stream));
        byte[] whole = stream.ToArray();
        int length = BinaryPrimitives.ReadInt32LittleEndian(whole), end = length + 2 * sizeof(int);
        return new(Encoding.UTF8.GetString(whole, sizeof(int), length), end == whole.Length ? [] : whole[end..^sizeof(uint)]);
    }

    public byte[] ToArray()
    {
        byte[] description = Encoding.UTF8.GetBytes(Description);
        byte[] checksum = BitConverter.GetBytes(Crc32.HashToUInt32(description));
        byte[] head = [.. BitConverter.GetBytes(description.Length), .. description, .. checksum];
        return Weights.Length == 0
            ? head
            : [.. head, .. Weights, .. BitConverter.GetBytes(Crc32.HashToUInt32([.. description, .. Weights]))];
    }

    public BinaryReader Read() => new(new MemoryStream(ToArray()));

    public DescribedFile Replace(string old, string now)
    {
        Assert.Contains(old, Description, StringComparison.Ordinal);
        return this with { Description = Description.Replace(old, now, StringComparison.Ordinal) };
    }
}
