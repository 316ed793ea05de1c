namespace MlNetRecurrent.Trainers;

/// <summary>The path of a checkpoint, resolved when the trainer is created: the current folder may change later.</summary>
internal static class CheckpointFileName
{
    /// <summary>The full path; for a link, its target.</summary>
    public static string Resolve(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path is that of a folder.</exception>
    public static void ThrowIfUnfit(string? path)
    {
        if (path is null)
            return;
        if (Directory.Exists(path))
            throw new IOException($"{nameof(RecurrentOptions.CheckpointPath)} '{path}' is a folder; it must be a file.");
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{nameof(RecurrentOptions.CheckpointPath)} '{path}' is in a folder that does not exist.");
    }
}
