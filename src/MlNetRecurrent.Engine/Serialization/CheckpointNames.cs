using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// The files beside a checkpoint that a training makes for itself. Their names are short, so that the name of a checkpoint may be as long
/// as the file system allows, and nobody else's: they hold the name of this library and a hash
/// of the name of the checkpoint.
/// </summary>
internal sealed class CheckpointNames
{
    private readonly string _path;

    /// <param name="path">The checkpoint.</param>
    public CheckpointNames(string path)
    {
        _path = Path.GetFullPath(path);
        string name = Path.GetFileName(_path);
        // Where the case of letters does not count, names that differ by it are of one file.
        if (!OperatingSystem.IsLinux())
            name = name.ToUpperInvariant();
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name));
        string own = Path.Combine(
            Path.GetDirectoryName(_path) ?? "", string.Create(CultureInfo.InvariantCulture, $".MlNetRecurrent-{hash:x16}"));
        Lock = own + ".lock";
        Temporary = own + ".tmp";
    }

    /// <summary>An empty file that is there, and locked, as long as the training runs.</summary>
    public string Lock { get; }

    /// <summary>What is written before it takes the place of the checkpoint.</summary>
    public string Temporary { get; }

    /// <summary>The error where a file that is not of this library has one of these names.</summary>
    public IOException InTheWay(string name) => new(
        $"'{name}' is in the way of the checkpoint '{_path}': the name is one that this library uses, but the file is another's. "
        + "Rename it, or choose another CheckpointPath.");
}
