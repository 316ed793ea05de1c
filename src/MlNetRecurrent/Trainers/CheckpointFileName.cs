namespace MlNetRecurrent.Trainers;

/// <summary>The file of a checkpoint, as it is found when the trainer is made: the current folder may be another later.</summary>
internal static class CheckpointFileName
{
    /// <summary>The whole path; of a link, what it points to.</summary>
    public static string Resolve(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
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
