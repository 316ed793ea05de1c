using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Files that a former version wrote. New cases may be added; what is there must never change.</summary>
internal static class FrozenFolder
{
    private static readonly string _root = Path.Combine(Repository.Root, "tests", "MlNetRecurrent.Onnx.Tests", "Frozen", "Files");

    /// <summary>The path of a file.</summary>
    public static string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>The line of a text file that begins with the name of a case, without that name.</summary>
    public static string ReadLine(string file, string name) =>
        File.ReadLines(PathOf(file)).Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    /// <summary>Adds a line to a text file.</summary>
    public static void AddLine(string file, string name, string text) => File.AppendAllText(PathOf(file), $"{name}: {text}\n");
}
