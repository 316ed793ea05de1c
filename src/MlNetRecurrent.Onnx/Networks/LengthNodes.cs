namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The lengths of the sequences of a batch.</summary>
internal static class LengthNodes
{
    /// <summary>The default length, for sequences with all steps of the batch.</summary>
    private const int AllSteps = -1;

    /// <summary>Adds the optional input of the lengths, and returns the lengths, Int32 [batch].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the input.</param>
    /// <param name="x">The steps [time, batch, features].</param>
    /// <param name="time">The number of steps, Int64 [1].</param>
    public static string Add(GraphBuilder graph, string name, string x, string time)
    {
        string given = graph.AddOptionalInput(name, AllSteps);
        string all = graph.Cast(time, OnnxType.Int32);
        string chosen = graph.Add("Where", [graph.Add("Less", [given, graph.AddInt32s("zero", 0)]), all, given]);
        return graph.Add("Expand", [graph.Add("Min", [chosen, all]), Shapes.AddDimension(graph, x, 1)]);
    }

    /// <summary>Adds the lengths, where an empty sequence has the length 1.</summary>
    public static string AddAtLeastOne(GraphBuilder graph, string lengths) =>
        graph.Add("Max", [lengths, graph.AddInt32s("one", 1)]);
}
