using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// The files that a training creates beside its checkpoint. Their names are short, so that the name of a checkpoint may be as long as the
/// file system allows, and unique: they hold the name of this library and a hash of the name of the checkpoint.
/// </summary>
internal sealed class CheckpointNames
{
    private readonly string _path;

    /// <param name="path">The checkpoint.</param>
    public CheckpointNames(string path)
    {
        _path = Path.GetFullPath(path);
        string name = Path.GetFileName(_path);
        // On file systems that ignore case, names that differ only in case are of one file.
        if (!OperatingSystem.IsLinux())
            name = name.ToUpperInvariant();
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name));
        string own = Path.Combine(
            Path.GetDirectoryName(_path) ?? "", string.Create(CultureInfo.InvariantCulture, $".MlNetRecurrent-{hash:x16}"));
        Lock = own + ".lock";
        Temporary = own + ".tmp";
    }

    /// <summary>An empty file that exists, and is locked, while the training runs.</summary>
    public string Lock { get; }

    /// <summary>The file that is written and then replaces the checkpoint.</summary>
    public string Temporary { get; }

    /// <summary>The error for a file of another program that has one of these names.</summary>
    public IOException InTheWay(string name) => new(
        $"'{name}' is in the way of the checkpoint '{_path}': the name is one that this library uses, but the file is another's. "
        + "Rename it, or choose another CheckpointPath.");
}
