namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Masks of padded sequences.</summary>
internal static class Masks
{
    /// <summary>Adds a mask, Boolean [time, batch, 1], that is true for the steps within the length of their sequence.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="value">A value with all steps [time, batch, features].</param>
    /// <param name="lengths">The lengths, Int32 [batch].</param>
    public static string Add(GraphBuilder graph, string value, string lengths)
    {
        string time = graph.Cast(Shapes.AddDimension(graph, value, 0), OnnxType.Int32);
        string steps = graph.Add("Squeeze", [time, graph.AddIntegers(0)]);
        string numbers = graph.Add("Range", [graph.AddInt32Scalar(0), steps, graph.AddInt32Scalar(1)]);
        return graph.Add("Less", [graph.Unsqueeze(numbers, 1, 2), graph.Unsqueeze(lengths, 0, 2)]);
    }
}
