using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// A training that is kept in a file: eight letters that say so, a description in JSON as <see cref="DescriptionFormat"/> has it, some buffers of single-precision numbers (the weights, those of the best epoch if there are any,
/// and what the optimiser remembers), little-endian, and the CRC-32 of all that. A file is replaced as a whole or not at all.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Rises when a reader of an older version would read something wrong.</summary>
    private const int FormatVersion = 1;

    /// <summary>Numbers that are written at a time.</summary>
    private const int ChunkLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "MLNRCKPT"u8;

    private static readonly JsonSerializerOptions _json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Puts a checkpoint in the place of the file, which stays as it was if that fails.</summary>
    public static void Write(string path, CheckpointDescription description, IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(description with { Format = FormatVersion, Numbers = buffers[0].Length, Buffers = buffers.Count }, _json);
        string temporary = path + ".writing";
        try
        {
            WriteTo(temporary, bytes, buffers);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Whether an exception says that the file system does not do as it should, in one of the ways in which .NET puts it.</summary>
    public static bool IsOfFileSystem(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static void WriteTo(string path, byte[] bytes, IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var crc = new Crc32();
            file.Write(Magic);
            crc.Append(bytes);
            DescriptionFormat.Write(file, bytes);
            foreach (PinnedBuffer<float> buffer in buffers)
            {
                for (int start = 0; start < buffer.Length; start += ChunkLength)
                {
                    ReadOnlySpan<byte> chunk = Chunk(buffer, start);
                    crc.Append(chunk);
                    file.Write(chunk);
                }
            }
            file.Write(crc.GetCurrentHash());
            file.Flush(flushToDisk: true);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            // It stays, and is written over the next time.
        }
    }

    /// <summary>Opens a checkpoint and reads its description, which says how long the file must be.</summary>
    /// <exception cref="InvalidDataException">The file holds no checkpoint, part of one, a damaged one, or one of a newer version.</exception>
    public static OpenCheckpoint Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            Span<byte> magic = stackalloc byte[Magic.Length];
            if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(Magic))
                throw new InvalidDataException("It is no checkpoint of a training. Name another file.");
            byte[] bytes = new DescriptionFormat("checkpoint").Read(file);
            return new(file, Parse(bytes), bytes);
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The seed of the training that a file keeps; null where there is no file.</summary>
    /// <exception cref="InvalidDataException">The file holds no checkpoint.</exception>
    public static int? SeedOf(string? path)
    {
        if (!File.Exists(path))
            return null;
        using OpenCheckpoint file = Open(path);
        return file.Description.Seed;
    }

    private static CheckpointDescription Parse(byte[] bytes)
    {
        try
        {
            int version = JsonSerializer.Deserialize<VersionOnly>(bytes, _json)?.Format ?? 0;
            if (version > FormatVersion)
                throw new InvalidDataException($"The checkpoint has format {version}; this version of MlNetRecurrent reads formats up to {FormatVersion}.");
            return JsonSerializer.Deserialize<CheckpointDescription>(bytes, _json) ?? throw new InvalidDataException("The checkpoint is damaged: its description is empty. Delete it to begin anew.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The checkpoint is damaged: its description cannot be read. {e.Message}", e);
        }
    }

    private static InvalidDataException Damaged(string path, InvalidDataException cause) =>
        new($"'{path}' cannot be gone on from. {cause.Message}", cause);

    private static Span<byte> Chunk(PinnedBuffer<float> buffer, int start) => MemoryMarshal.AsBytes(buffer.Span.Slice(start, Math.Min(ChunkLength, buffer.Length - start)));

    private sealed record VersionOnly(int Format);

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
                    for (int start = 0; start < buffer.Length; start += ChunkLength)
                    {
                        Span<byte> chunk = Chunk(buffer, start);
                        file.ReadExactly(chunk);
                        crc.Append(chunk);
                    }
                }
                Span<byte> expected = stackalloc byte[sizeof(uint)];
                file.ReadExactly(expected);
                if (!expected.SequenceEqual(crc.GetCurrentHash()))
                    throw new InvalidDataException($"The checkpoint is damaged: its checksum is {Convert.ToHexStringLower(crc.GetCurrentHash())}, the file says {Convert.ToHexStringLower(expected)}. Delete it to begin anew.");
            }
            catch (InvalidDataException e)
            {
                throw Damaged(file.Name, e);
            }
        }

        public void Dispose() => file.Dispose();

        private void ThrowIfOfAnotherSize(IReadOnlyList<PinnedBuffer<float>> buffers)
        {
            int numbers = buffers[0].Length;
            if (description.Numbers != numbers || description.Buffers != buffers.Count)
                throw new InvalidDataException($"The checkpoint is damaged: it should hold {buffers.Count} times {numbers} numbers, its description says {description.Buffers} times {description.Numbers}.");
            long length = Magic.Length + DescriptionFormat.Frame + bytes.Length + (long)numbers * buffers.Count * sizeof(float) + sizeof(uint);
            if (file.Length != length)
                throw new InvalidDataException($"The checkpoint is damaged: the file has {file.Length} bytes where {length} were written. Delete it to begin anew.");
        }
    }
}

/// <summary>What a checkpoint says beside its numbers.</summary>
internal sealed record CheckpointDescription
{
    public int Format { get; init; }

    /// <summary>All that the result of the training depends on.</summary>
    public required IReadOnlyList<FingerprintEntry> Fingerprint { get; init; }

    /// <summary>The seed, which may have been drawn.</summary>
    public required int Seed { get; init; }

    public required TrainingPosition Position { get; init; }

    /// <summary>Numbers of a buffer.</summary>
    public int Numbers { get; init; }

    public int Buffers { get; init; }
}
