using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// A training in a file: eight magic letters, a description in JSON in the <see cref="DescriptionFormat"/>, buffers of single-precision
/// numbers (the weights, those of the best epoch if there are any, and the state of the optimizer), little-endian, and the CRC-32 of all
/// that. A file is replaced as a whole or not at all.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Increases when readers of older versions would misread the file.</summary>
    private const int FormatVersion = 1;

    /// <summary>Numbers that are written at a time.</summary>
    public const int ChunkLength = 1 << 16;

    private static readonly JsonSerializerOptions _json = new()
    {
        TypeInfoResolver = RecordJson.CreateResolver(),
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// Replaces the file by a checkpoint. The file stays as it was if that fails. The training holds the <see cref="CheckpointLock"/>.
    /// </summary>
    /// <exception cref="IOException">It cannot be written, or the place has been taken by a file that is no checkpoint.</exception>
    public static void Write(string path, CheckpointDescription description, IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        byte[] bytes = RecordJson.Write(
            description with { Format = FormatVersion, Numbers = buffers[0].Length, Buffers = buffers.Count }, _json);
        if (CheckpointContent.Of(path) is CheckpointKind.Empty or CheckpointKind.Other)
            throw new IOException($"'{path}' was replaced by something that is no checkpoint of a training, which is not overwritten.");
        string temporary = new CheckpointNames(path).Temporary;
        using FileStream file = CreateNew(temporary);
        try
        {
            WriteTo(file, bytes, buffers);
            file.Dispose();
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            file.Dispose();
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Tests whether a checkpoint can be written under its name, by writing a trial file. Removes what a killed training left behind. The
    /// training holds the <see cref="CheckpointLock"/>.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Try(string path)
    {
        CheckpointKind found = CheckpointContent.Of(path);
        var names = new CheckpointNames(path);
        DeleteRemains(names);
        if (found == CheckpointKind.Trial)
            File.Delete(path);
        try
        {
            using (FileStream file = CreateNew(names.Temporary))
                file.Write(CheckpointContent.TrialMagic);
            if (found is CheckpointKind.None or CheckpointKind.Trial)
            {
                File.Move(names.Temporary, path, overwrite: false);
                File.Delete(path);
            }
        }
        finally
        {
            TryDelete(names.Temporary);
        }
    }

    /// <summary>Whether an exception is a failure of the file system, in one of the forms in which .NET reports it.</summary>
    public static bool IsOfFileSystem(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static FileStream CreateNew(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    private static void WriteTo(FileStream file, byte[] bytes, IReadOnlyList<PinnedBuffer<float>> buffers)
    {
        var crc = new Crc32();
        file.Write(CheckpointContent.Magic);
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

    private static void DeleteRemains(CheckpointNames names)
    {
        switch (CheckpointContent.Of(names.Temporary))
        {
            case CheckpointKind.None:
                break;
            case CheckpointKind.Other:
                throw names.InTheWay(names.Temporary);
            default:
                File.Delete(names.Temporary);
                break;
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
            // It stays, and the next training removes it.
        }
    }

    /// <summary>Opens a checkpoint and reads its description, which says how long the file must be; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or it is cut short, damaged or of a newer version.</exception>
    public static OpenCheckpoint? TryOpen(string path)
    {
        switch (CheckpointContent.Of(path))
        {
            case CheckpointKind.None or CheckpointKind.Trial:
                return null;
            case CheckpointKind.Empty:
                throw Damaged(path, new InvalidDataException(
                    "It is no checkpoint of a training, but an empty file, a pipe or a device. Name a file that does not exist yet."));
            case CheckpointKind.Other:
                throw Damaged(path, new InvalidDataException("It is no checkpoint of a training. Name another file."));
        }
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            file.Position = CheckpointContent.Magic.Length;
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

    private static CheckpointDescription Parse(byte[] bytes)
    {
        try
        {
            int version = RecordJson.Read<VersionOnly>(bytes, _json)?.Format ?? 0;
            if (version > FormatVersion)
            {
                throw new InvalidDataException(
                    $"The checkpoint has format {version}; this version of MlNetRecurrent reads formats up to {FormatVersion}.");
            }
            return RecordJson.Read<CheckpointDescription>(bytes, _json)
                ?? throw new InvalidDataException("The checkpoint is damaged: its description is empty. Delete it to begin anew.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The checkpoint is damaged: its description cannot be read. {e.Message}", e);
        }
    }

    /// <summary>The error for a file that cannot be continued from.</summary>
    public static InvalidDataException Damaged(string path, InvalidDataException cause) =>
        new($"'{path}' cannot be gone on from. {cause.Message}", cause);

    /// <summary>The bytes of the chunk of numbers that begins at <paramref name="start"/>.</summary>
    public static Span<byte> Chunk(PinnedBuffer<float> buffer, int start) =>
        MemoryMarshal.AsBytes(buffer.Span.Slice(start, Math.Min(ChunkLength, buffer.Length - start)));

    private sealed record VersionOnly(int Format);
}
