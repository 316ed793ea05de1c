namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Sizes that are only known when a graph runs.</summary>
internal static class Shapes
{
    /// <summary>A dimension of a value, Int64 [1].</summary>
    public static string Dimension(GraphBuilder graph, string value, int axis) => graph.Add("Gather", [graph.Add("Shape", [value]), graph.Integers(axis)], GraphBuilder.Integer("axis", 0));

    /// <summary>A shape of several dimensions, each an Int64 [1].</summary>
    public static string Of(GraphBuilder graph, params string[] dimensions) => graph.Add("Concat", dimensions, GraphBuilder.Integer("axis", 0));
}
