namespace MlNetRecurrent.Reproductions.Running;

/// <summary>Where the data sets lie, each in a folder of its own; they are not part of the project.</summary>
internal sealed class DataFolder
{
    private readonly string _path;

    private DataFolder(string path) => _path = path;

    /// <summary>The folder that the user names, or the first <c>shared/data</c> from the working directory upwards.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static DataFolder Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(named)
                ? new(named)
                : throw new DirectoryNotFoundException($"The folder of --data is not there: {Path.GetFullPath(named)}");
        }
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(path))
                return new(path);
        }
        throw new DirectoryNotFoundException(
            $"Neither {Directory.GetCurrentDirectory()} nor a folder above it has a folder shared/data. "
            + "Name the folder of the data sets: --data FOLDER");
    }

    /// <exception cref="DirectoryNotFoundException">The data set is not there.</exception>
    public string Of(string dataSet)
    {
        string path = Path.Combine(_path, dataSet);
        return Directory.Exists(path)
            ? path
            : throw new DirectoryNotFoundException($"The data set {dataSet} is not in {Path.GetFullPath(_path)}.");
    }
}
