using System.IO.Hashing;
using System.Text.Json;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Sequences.Engines;

/// <summary>
/// The rows that an engine remembers, in a stream: a JSON description, as <see cref="DescriptionFormat"/> has it, and the rows.
/// </summary>
internal static class StateFile
{
    private const int Version = 1;

    /// <summary>The largest part of a file in a message.</summary>
    private const int MostLetters = 1000;

    public static void Write(Stream stream, IReadOnlyList<IRowMemory> memories)
    {
        using var rows = new MemoryStream();
        using (var writer = new BinaryWriter(rows, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            foreach (IRowMemory memory in memories)
                memory.Write(writer);
        }
        ReadOnlySpan<byte> bytes = rows.GetBuffer().AsSpan(0, (int)rows.Length);
        var header = new Header(Version, [.. memories.Select(memory => memory.Signature)], rows.Length, Crc32.HashToUInt32(bytes));
        DescriptionFormat.Write(stream, RecordJson.Write(header));
        stream.Write(bytes);
    }

    /// <summary>
    /// Replaces the rows of the memories by those that <see cref="Write"/> wrote. If an exception is thrown, nothing changes.
    /// </summary>
    /// <exception cref="InvalidDataException">The stream holds no state, part of one, a damaged one, or one of another model.</exception>
    public static void Read(Stream stream, IReadOnlyList<IRowMemory> memories)
    {
        Header header = ReadHeader(stream);
        string[] signatures = [.. memories.Select(memory => memory.Signature)];
        if (!signatures.SequenceEqual(header.Memories))
        {
            string found = Shorten(string.Join("; ", header.Memories)), expected = string.Join("; ", signatures);
            throw new InvalidDataException($"The state is of another model. It is of: {found}. The model has: {expected}.");
        }
        using var reader = new BinaryReader(ReadRows(stream, header));
        try
        {
            Action[] put = [.. memories.Select(memory => memory.Read(reader))];
            if (reader.BaseStream.Position != reader.BaseStream.Length)
                throw new InvalidDataException("The state is damaged: rows are left over.");
            Array.ForEach(put, action => action());
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The state is damaged: rows are missing.", e);
        }
    }

    private static string Shorten(string text) => text.Length <= MostLetters ? text : $"{text[..MostLetters]}…";

    private static Header ReadHeader(Stream stream)
    {
        byte[] description = new DescriptionFormat("state").Read(stream);
        try
        {
            Header? header = RecordJson.Read<Header>(description);
            if (header is { Version: Version, Memories: not null, Length: >= 0 })
                return header;
            throw new InvalidDataException(header is { Version: > Version }
                ? $"The state is of a newer version of MlNetRecurrent: its format is {header.Version}, this version reads {Version}."
                : "The state is damaged: its description is incomplete.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The state is damaged: its description cannot be read. {e.Message}", e);
        }
    }

    /// <summary>Reads in pieces, so that a wrong length does not ask for more memory than the file has bytes.</summary>
    private static MemoryStream ReadRows(Stream stream, Header header)
    {
        var rows = new MemoryStream();
        var chunk = new byte[(int)Math.Min(Math.Max(1, header.Length), 1 << 16)];
        while (rows.Length < header.Length)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, header.Length - rows.Length));
            if (read == 0)
                throw new InvalidDataException($"The state is cut short: of {header.Length} bytes of rows the file has {rows.Length}.");
            rows.Write(chunk, 0, read);
        }
        if (Crc32.HashToUInt32(rows.GetBuffer().AsSpan(0, (int)rows.Length)) != header.Crc)
            throw new InvalidDataException("The state is damaged: the checksum of its rows is another.");
        rows.Position = 0;
        return rows;
    }

    private sealed record Header(int Version, string[] Memories, long Length, uint Crc);
}
