using System.IO.Hashing;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>A checkpoint whose numbers are yet to be read.</summary>
internal sealed class OpenCheckpoint(FileStream file, CheckpointDescription description, byte[] bytes) : IDisposable
{
    public CheckpointDescription Description => description;

    /// <summary>Reads the numbers into buffers, which may hold anything after an exception.</summary>
    /// <exception cref="InvalidDataException">The file is cut short or damaged.</exception>
    public void Read(IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        try
        {
            ThrowIfOfAnotherSize(buffers);
            var crc = new Crc32();
            crc.Append(bytes);
            foreach (PinnedBuffer<float> buffer in buffers)
            {
                for (int start = 0; start < buffer.Length; start += CheckpointFile.ChunkLength)
                {
                    Span<byte> chunk = CheckpointFile.Chunk(buffer, start);
                    file.ReadExactly(chunk);
                    crc.Append(chunk);
                }
            }
            Span<byte> expected = stackalloc byte[sizeof(uint)];
            file.ReadExactly(expected);
            if (!expected.SequenceEqual(crc.GetCurrentHash()))
            {
                throw new InvalidDataException(
                    $"The checkpoint is damaged: its checksum is {Convert.ToHexStringLower(crc.GetCurrentHash())}, "
                    + $"the file says {Convert.ToHexStringLower(expected)}. Delete it to begin anew.");
            }
            foreach (PinnedBuffer<float> buffer in buffers)
            {
                if (buffer.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                {
                    throw new InvalidDataException(
                        "Its weights are no finite numbers: the training had diverged. Delete it to begin anew.");
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw CheckpointFile.Damaged(file.Name, e);
        }
    }

    public void Dispose() => file.Dispose();

    private void ThrowIfOfAnotherSize(IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        int numbers = buffers[0].Length;
        if (description.Numbers != numbers || description.Buffers != buffers.Count)
        {
            throw new InvalidDataException(
                $"The checkpoint is damaged: it should hold {buffers.Count} times {numbers} numbers, "
                + $"its description says {description.Buffers} times {description.Numbers}.");
        }
        long length = CheckpointContent.Magic.Length + DescriptionFormat.Frame + bytes.Length
            + (long)numbers * buffers.Count * sizeof(float) + sizeof(uint);
        if (file.Length != length)
        {
            throw new InvalidDataException(
                $"The checkpoint is damaged: the file has {file.Length} bytes where {length} were written. Delete it to begin anew.");
        }
    }
}
