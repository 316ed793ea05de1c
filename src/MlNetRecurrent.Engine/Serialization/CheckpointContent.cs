namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// What is found under the name of a checkpoint, before it is opened as one. Files that may be pipes or devices are not opened, since
/// reading them may block forever.
/// </summary>
internal enum CheckpointKind
{
    /// <summary>No file.</summary>
    None,

    /// <summary>A trial file of a training that was killed while it tested whether the checkpoint can be written.</summary>
    Trial,

    /// <summary>A file that begins as a checkpoint does.</summary>
    Checkpoint,

    /// <summary>An empty file, or a pipe, a device or a socket, which look the same.</summary>
    Empty,

    /// <summary>A folder, a link, or a file that begins in another way.</summary>
    Other,
}

/// <summary>Determines the kind of file under a name.</summary>
internal static class CheckpointContent
{
    /// <summary>The first bytes of a checkpoint.</summary>
    public static ReadOnlySpan<byte> Magic => "MLNRCKPT"u8;

    /// <summary>The first bytes of a trial file.</summary>
    public static ReadOnlySpan<byte> TrialMagic => "MLNRTRY\n"u8;

    public static CheckpointKind Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null || Directory.Exists(path))
            return CheckpointKind.Other;
        if (!file.Exists)
            return CheckpointKind.None;
        if (file.Length == 0)
            return CheckpointKind.Empty;
        Span<byte> found = stackalloc byte[Magic.Length];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length)
            return CheckpointKind.Other;
        return found.SequenceEqual(Magic) ? CheckpointKind.Checkpoint
            : found.SequenceEqual(TrialMagic) ? CheckpointKind.Trial
            : CheckpointKind.Other;
    }

    /// <summary>Whether there is an empty file, which may be a pipe.</summary>
    public static bool IsEmptyFile(string path) => Of(path) is CheckpointKind.Empty or CheckpointKind.None;
}
