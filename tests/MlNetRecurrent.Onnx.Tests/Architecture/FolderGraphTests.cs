namespace MlNetRecurrent.Onnx.Tests.Architecture;

/// <summary>Folders are the architecture: none should need one that needs it.</summary>
public sealed class FolderGraphTests
{
    [Theory]
    [InlineData("MlNetRecurrent.Engine")]
    [InlineData("MlNetRecurrent")]
    [InlineData("MlNetRecurrent.Onnx")]
    public void No_folder_needs_one_that_needs_it(string project)
    {
        FolderGraph graph = FolderGraph.Of(project);
        Assert.InRange(graph.Folders.Count, 5, 100);
        string[] rings = [.. graph.Rings().SelectMany(ring => graph.Describe([.. ring]))];
        Assert.True(rings.Length == 0, string.Join(Environment.NewLine, rings));
    }

    [Theory]
    [InlineData("MlNetRecurrent.Engine", "Kernels", "Modules", false)]
    [InlineData("MlNetRecurrent.Engine", "Modules", "Kernels", true)]
    [InlineData("MlNetRecurrent.Engine", "Workers", "Training", false)]
    [InlineData("MlNetRecurrent.Engine", "Training", "Workers", true)]
    [InlineData("MlNetRecurrent.Onnx", "Catalog", "Graphs", true)]
    public void A_folder_needs_another_where_a_type_of_it_names_one_of_the_other(string project, string from, string to, bool needs) =>
        Assert.Equal(needs, FolderGraph.Of(project).Needs(from, to));
}
