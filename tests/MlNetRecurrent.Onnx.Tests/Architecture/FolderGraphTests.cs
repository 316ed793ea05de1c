namespace MlNetRecurrent.Onnx.Tests.Architecture;

/// <summary>Folders are the architecture: none should need one that needs it.</summary>
public sealed class FolderGraphTests
{
    /// <summary>Folders that still depend on each other. Remove a folder when its cycle is broken; never add one.</summary>
    private static readonly Dictionary<string, string[]> _known = new()
    {
        ["MlNetRecurrent.Engine"] = [],
        ["MlNetRecurrent"] =
        [
            "Data", "Evaluation", "Interop", "Layers", "Leaks", "Options", "Rows", "Scoring", "Sequences", "Sequences/Engines", "Sequences/Groups", "Sequences/Maps", "Sequences/Orders", "Sequences/Windows", "Tasks",
            "Trainers", "Warnings",
        ],
        ["MlNetRecurrent.Onnx"] = ["Graphs", "Import", "Protobuf"],
    };

    public static TheoryData<string> Projects => [.. _known.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_joins_a_ring_and_one_that_has_left_it_is_not_listed(string project)
    {
        FolderGraph graph = FolderGraph.Of(project);
        IReadOnlyList<string>[] rings = [.. graph.Rings()];
        string[] found = [.. rings.SelectMany(ring => ring).Order(StringComparer.Ordinal)];
        Assert.True(_known[project].SequenceEqual(found), string.Join(Environment.NewLine, rings.SelectMany(ring => graph.Describe([.. ring]))));
    }

    [Theory]
    [InlineData("MlNetRecurrent.Engine", "Kernels", "Layers", false)]
    [InlineData("MlNetRecurrent.Engine", "Layers", "Kernels", true)]
    [InlineData("MlNetRecurrent.Engine", "Workers", "Training", false)]
    [InlineData("MlNetRecurrent.Engine", "Training", "Workers", true)]
    [InlineData("MlNetRecurrent.Onnx", "Catalog", "Graphs", true)]
    public void A_folder_needs_another_where_a_type_of_it_names_one_of_the_other(string project, string from, string to, bool needs) =>
        Assert.Equal(needs, FolderGraph.Of(project).Needs(from, to));
}
