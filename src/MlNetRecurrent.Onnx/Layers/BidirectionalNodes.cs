namespace MlNetRecurrent.Onnx.Layers;

/// <summary>Both directions of a layer that has no ONNX operator of its own.</summary>
internal static class BidirectionalNodes
{
    /// <summary>Adds a layer in one direction or in both.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isBidirectional">Whether the layer has both directions.</param>
    /// <param name="name">The beginning of the names of its weights.</param>
    /// <param name="x">The input.</param>
    /// <param name="addDirection">Adds one direction that reads an input from its first step on, by the names of its weights.</param>
    public static SequenceValue Add(
        GraphBuilder graph, bool isBidirectional, string name, SequenceValue x, Func<string, SequenceValue, SequenceValue> addDirection)
    {
        string[] directions = WeightNames.ListDirections(name, isBidirectional);
        SequenceValue forward = addDirection(directions[0], x);
        if (!isBidirectional)
            return forward;
        SequenceValue backward = addDirection(directions[1], x with { Steps = Reverse(graph, x.Steps, x.Lengths) });
        return x with
        {
            Steps = graph.Concat(2, forward.Steps, Reverse(graph, backward.Steps, x.Lengths)),
            Features = forward.Features + backward.Features,
            Last = graph.Concat(1, forward.Last, backward.Last),
        };
    }

    private static string Reverse(GraphBuilder graph, string steps, string lengths) => graph.Add(
        "ReverseSequence",
        [steps, graph.Cast(lengths, OnnxType.Int64)],
        GraphBuilder.CreateInteger("batch_axis", 1),
        GraphBuilder.CreateInteger("time_axis", 0));
}
