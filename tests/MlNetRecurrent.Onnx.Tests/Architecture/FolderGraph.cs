using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;
using Mono.Cecil;

namespace MlNetRecurrent.Onnx.Tests.Architecture;

/// <summary>The folders of an assembly's source, and which needs which, by the types that its code names.</summary>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, string> _folders = [];
    private readonly Dictionary<(string From, string To), string> _edges = [];

    private FolderGraph(string source, string assembly)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(source, file).Replace('\\', '/'), text = File.ReadAllText(file);
            if (path.StartsWith("obj/", StringComparison.Ordinal) || path.StartsWith("bin/", StringComparison.Ordinal))
                continue;
            string space = Namespace().Match(text).Groups[1].Value;
            foreach (Match type in Declaration().Matches(text))
                _folders[$"{space}.{type.Groups[1].Value}"] = Path.GetDirectoryName(path)!.Replace('\\', '/');
        }
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (TypeDefinition type in module.Types.SelectMany(WithNested))
        {
            foreach (TypeReference needed in TypeReferences.Of(type))
                Add(type, needed);
        }
    }

    /// <summary>The folders, with at least one type each that was found in the assembly.</summary>
    public IReadOnlySet<string> Folders => _edges.Keys.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet();

    /// <param name="name">The name of the project, whose assembly lies beside that of the tests.</param>
    public static FolderGraph Of(string name) =>
        new(Path.Combine(Repository.Root, "src", name), Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    /// <summary>Whether a type of a folder names one of another.</summary>
    public bool Needs(string from, string to) => _edges.ContainsKey((from, to));

    /// <summary>The sets of folders each of which needs, in the end, all others of its set.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rings()
    {
        Dictionary<string, HashSet<string>> reach = Folders.ToDictionary(folder => folder, Reach);
        bool AreMutual(string one, string other) =>
            one == other || (reach[one].Contains(other) && reach[other].Contains(one));
        return
        [
            .. Folders.Select(folder => Folders.Where(other => AreMutual(folder, other)).Order(StringComparer.Ordinal).ToArray())
                .Where(ring => ring.Length > 1)
                .DistinctBy(ring => string.Join('|', ring))
                .OrderBy(ring => ring[0]),
        ];
    }

    /// <summary>For each folder of a ring that needs another one of it, a type of both.</summary>
    public IEnumerable<string> Describe(IReadOnlyCollection<string> ring) =>
        _edges.Where(edge => ring.Contains(edge.Key.From) && ring.Contains(edge.Key.To))
            .Select(edge => $"{edge.Key.From} -> {edge.Key.To}: {edge.Value}").Order();

    private HashSet<string> Reach(string folder)
    {
        HashSet<string> found = [];
        var open = new Stack<string>([folder]);
        while (open.TryPop(out string? from))
        {
            foreach ((string _, string to) in _edges.Keys.Where(edge => edge.From == from))
            {
                if (found.Add(to))
                    open.Push(to);
            }
        }
        return found;
    }

    private void Add(TypeDefinition type, TypeReference needed)
    {
        (string user, string used) = (NameOf(type), NameOf(needed));
        if (_folders.TryGetValue(user, out string? from) && _folders.TryGetValue(used, out string? to) && from != to)
            _edges.TryAdd((from, to), $"{user} needs {used}");
    }

    private static string NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return $"{type.Namespace}.{type.Name.Split('`')[0]}";
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|readonly|partial|unsafe|ref|file) )*"
        + @"(?:class|struct|interface|enum|record class|record struct|record) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
