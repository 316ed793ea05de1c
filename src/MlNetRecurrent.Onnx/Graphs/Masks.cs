namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Which steps are steps of their sequences.</summary>
internal static class Masks
{
    /// <summary>Whether each step is one of its sequence, Boolean [time, batch, 1].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="value">A value that has all steps.</param>
    /// <param name="lengths">The lengths, Int32 [batch].</param>
    /// <param name="time">The axis of its steps.</param>
    public static string Of(GraphBuilder graph, string value, string lengths, int time)
    {
        string steps = graph.Add("Squeeze", [graph.Add("Cast", [Shapes.Dimension(graph, value, time)], GraphBuilder.Integer("to", (int)OnnxType.Int32)), graph.Integers(0)]);
        string numbers = graph.Add("Range", [graph.Int32Scalar(0), steps, graph.Int32Scalar(1)]);
        return graph.Add("Less", [graph.Add("Unsqueeze", [numbers, graph.Integers(1, 2)]), graph.Add("Unsqueeze", [lengths, graph.Integers(0, 2)])]);
    }
}
