namespace MlNetRecurrent.Trainers;

/// <summary>Where a checkpoint is to be written, which is looked at before hours of work depend on it.</summary>
internal static class CheckpointFolder
{
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="IOException">The path is that of a folder.</exception>
    public static void ThrowIfMissing(string? path)
    {
        if (path is null)
            return;
        if (Directory.Exists(path))
            throw new IOException($"{nameof(RecurrentOptions.CheckpointPath)} '{path}' is a folder; it must be a file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{nameof(RecurrentOptions.CheckpointPath)} '{path}' is in a folder that does not exist.");
    }
}
