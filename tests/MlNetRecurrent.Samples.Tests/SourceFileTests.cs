using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The size of source files.</summary>
public sealed class SourceFileTests
{
    /// <summary>The limit that .editorconfig names.</summary>
    private const int MostCharacters = 140;

    private const int MostLines = 300;

    private static readonly string[] _folders = ["src", "tests", "samples", "nuget"];

    [Fact]
    public void No_line_is_longer_than_the_limit() => Assert.Empty(
        from file in Files()
        from line in File.ReadLines(file).Index()
        where line.Item.Length > MostCharacters
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1} has {line.Item.Length} characters");

    [Fact]
    public void No_file_is_longer_than_the_limit() => Assert.Empty(
        from file in Files()
        let lines = File.ReadLines(file).Count()
        where lines > MostLines
        select $"{Path.GetRelativePath(Repository.Root, file)} has {lines} lines");

    private static string[] Files()
    {
        string[] files = [.. _folders.SelectMany(folder => Walk(Path.Combine(Repository.Root, folder)))];
        Assert.InRange(files.Length, 500, int.MaxValue);
        return files;
    }

    /// <summary>The C# files below a folder, without what a build makes.</summary>
    private static IEnumerable<string> Walk(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs"),
        .. Directory.EnumerateDirectories(folder).Where(child => Path.GetFileName(child) is not ("bin" or "obj")).SelectMany(Walk),
    ];
}
