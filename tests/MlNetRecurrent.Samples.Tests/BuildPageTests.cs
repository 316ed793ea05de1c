using System.Text.RegularExpressions;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The places in the source that the guide's page on the build names are there.</summary>
public sealed partial class BuildPageTests
{
    private static readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, "samples/guide/Build.md"));

    [Fact]
    public void Every_path_that_it_names_exists()
    {
        string[] paths = [.. PathPattern().Matches(_text).Select(match => match.Groups[1].Value).Distinct()];
        Assert.InRange(paths.Length, 15, int.MaxValue);
        Assert.All(paths, path => Assert.True(Exists(path), path));
    }

    [Fact]
    public void Every_folder_in_its_table_of_projects_exists()
    {
        int folders = 0;
        foreach (Match row in RowPattern().Matches(_text))
        {
            string project = row.Groups[1].Value;
            foreach (Match name in WordPattern().Matches(row.Groups[2].Value))
            {
                folders++;
                string folder = $"{project}/{name.Groups[1].Value}";
                Assert.True(Directory.Exists(Path.Combine(Repository.Root, folder)), folder);
            }
        }
        Assert.InRange(folders, 25, int.MaxValue);
    }

    private static bool Exists(string path)
    {
        string full = Path.Combine(Repository.Root, Expand(path));
        return File.Exists(full) || Directory.Exists(full) || File.Exists(full + ".cs");
    }

    /// <summary>The table of where new things go names folders within the projects.</summary>
    private static string Expand(string path) => path.Split('/')[0] switch
    {
        "Engine" or "Onnx" => $"src/MlNetRecurrent.{path}",
        "MlNetRecurrent" => $"src/{path}",
        "Catalog" or "Options" or "Sequences" => $"src/MlNetRecurrent/{path}",
        _ => path,
    };

    [GeneratedRegex(@"`((?:src|tests|samples|nuget|Engine|Onnx|MlNetRecurrent|Catalog|Options|Sequences)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^\| `(src/[A-Za-z.]+)` \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"`([A-Z][A-Za-z]+)`")]
    private static partial Regex WordPattern();
}
