namespace MlNetRecurrent.Onnx.Files;

/// <summary>Writes files as a whole: what was there before stays until the new file is complete.</summary>
internal static class CompleteFile
{
    /// <exception cref="IOException">The path is that of a folder, a pipe or a device, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Resolve(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is a folder; it must be a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' of '{path}' does not exist.");
        ThrowIfNoRegularFile(path, target);
        // A name that is made of the old one could be too long where that is not.
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

    /// <summary>The whole path; of a link, what it points to.</summary>
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
        // Some devices can be sought in, as files can.
        bool isDevice = target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);
        // A pipe that is opened for reading and writing does not wait for another process.
        if (!isDevice)
        {
            using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            isDevice = !stream.CanSeek;
        }
        if (isDevice)
            throw new IOException($"'{path}' is a pipe or a device; it must be a file.");
    }
}
