using System.Runtime.InteropServices;

namespace MlNetRecurrent.Sequences.Windows;

/// <content>The state of a group: the rows of its next windows.</content>
internal sealed partial class WindowBuffer
{
    /// <summary>Which row, of all groups, its last one was.</summary>
    public long LastUse { get; set; }

    /// <summary>Writes the number of rows so far, the last of them, and the place of the last one in the order.</summary>
    public void Write(BinaryWriter writer)
    {
        int kept = (int)Math.Min(Count, windowSize + delay);
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(_rows.AsSpan(_end - kept * features, kept * features)));
        order?.Write(writer);
    }

    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The number of rows cannot be.</exception>
    public void Read(BinaryReader reader)
    {
        long count = reader.ReadInt64();
        if (count is < 0 or > long.MaxValue / 2)
            throw new InvalidDataException($"The state is damaged: a group has {count} rows.");
        for (long left = features == 0 ? 0 : Math.Min(count, windowSize + delay); left > 0; left--)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Next()));
        Count = count;
        order?.Read(reader);
    }
}
