namespace MlNetRecurrent.Onnx.Files;

/// <summary>Replaces a file only when the new one is complete.</summary>
internal static class CompleteFile
{
    /// <exception cref="IOException">The path is a folder, a pipe or a device, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the file or its folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Resolve(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is a folder; it must be a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' of '{path}' does not exist.");
        ThrowIfNoRegularFile(path, target);
        // A name made from that of the file could be too long for the file system.
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.writing");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Resolves a path to a full path, and a symbolic link to its target.</summary>
    private static string Resolve(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static void ThrowIfNoRegularFile(string path, string target)
    {
        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a folder; it must be a file.");
        if (!File.Exists(target))
            return;
        // Some devices can seek, as files can.
        bool isDevice = target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);
        // Opening a pipe for reading and writing does not wait for another process.
        if (!isDevice)
        {
            using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            isDevice = !stream.CanSeek;
        }
        if (isDevice)
            throw new IOException($"'{path}' is a pipe or a device; it must be a file.");
    }
}
