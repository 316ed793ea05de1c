namespace MlNetRecurrent.Engine.Serialization;

/// <summary>Locks a checkpoint for one training, until it is disposed. Takes over what a killed training left behind.</summary>
internal sealed class CheckpointLock : IDisposable
{
    /// <summary>The number of attempts where another training that ends removes the file.</summary>
    private const int Attempts = 10;

    private readonly FileStream _file;

    private CheckpointLock(FileStream file) => _file = file;

    /// <summary>Takes the checkpoint.</summary>
    /// <exception cref="IOException">Another training has it, or its folder cannot be written.</exception>
    public static CheckpointLock Take(string path)
    {
        var names = new CheckpointNames(path);
        for (int attempt = 1; ; attempt++)
        {
            FileStream? file = TryOpen(path, names);
            if (file is not null && File.Exists(names.Lock))
                return new(file);
            file?.Dispose();
            if (attempt == Attempts)
                throw InUse(path, cause: null);
        }
    }

    public void Dispose()
    {
        // Deleted before it is closed, so that no other training finds it, takes it, and loses its name.
        try
        {
            if (!OperatingSystem.IsWindows())
                File.Delete(_file.Name);
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e))
        {
            // The folder is gone or can no longer be written. The trained network is not lost for that.
        }
        finally
        {
            _file.Dispose();
        }
    }

    /// <summary>Null where the file was removed while it was opened.</summary>
    private static FileStream? TryOpen(string path, CheckpointNames names)
    {
        try
        {
            return Open(names.Lock, FileMode.CreateNew);
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e) && !Exists(names.Lock))
        {
            throw new IOException($"The training cannot be kept in the checkpoint '{path}': its folder cannot be written. {e.Message}", e);
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e))
        {
            // The file exists.
        }
        if (!CheckpointContent.IsEmptyFile(names.Lock))
            throw names.InTheWay(names.Lock);
        try
        {
            FileStream file = Open(names.Lock, FileMode.Open);
            if (file.CanSeek)
                return file;
            file.Dispose();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e))
        {
            throw InUse(path, e);
        }
        throw names.InTheWay(names.Lock);
    }

    /// <summary>A pipe that is opened for both reading and writing does not wait for its other end.</summary>
    private static FileStream Open(string name, FileMode mode) =>
        new(
            name, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);

    private static bool Exists(string name) => Path.Exists(name) || new FileInfo(name).LinkTarget is not null;

    private static IOException InUse(string path, Exception? cause) =>
        new(
            $"The training cannot be kept in the checkpoint '{path}': another training uses it at the same time. "
            + $"Each training needs a file of its own. {cause?.Message}",
            cause);
}
