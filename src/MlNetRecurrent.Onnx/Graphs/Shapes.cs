namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Sizes that are unknown until the graph runs.</summary>
internal static class Shapes
{
    /// <summary>Adds the size of an axis of a value, Int64 [1].</summary>
    public static string AddDimension(GraphBuilder graph, string value, int axis) =>
        graph.Add("Gather", [graph.Add("Shape", [value]), graph.AddIntegers(axis)], GraphBuilder.CreateInteger("axis", 0));

    /// <summary>Adds a shape of several sizes, each Int64 [1].</summary>
    public static string Add(GraphBuilder graph, params string[] dimensions) => graph.Concat(0, dimensions);
}
