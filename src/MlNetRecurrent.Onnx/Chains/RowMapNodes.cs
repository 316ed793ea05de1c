using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>This library's transforms of single rows as nodes. None of them looks ahead in time, so that what stands behind a sequence does not matter.</summary>
internal static class RowMapNodes
{
    public static bool CanExpress(RowMap map) => map is ZippedSteps or NormalizedSequence or SequenceDifferences or LaggedFeatures;

    /// <exception cref="NotSupportedException">The transform cannot be expressed.</exception>
    public static SequenceInGraph Add(GraphBuilder graph, RowMap map, SequenceInGraph[] inputs, ChainLink link) => map switch
    {
        ZippedSteps zip => Zipped(graph, zip, inputs),
        NormalizedSequence normalized => inputs[0] with { Value = Scaled(graph, normalized, inputs[0]) },
        SequenceDifferences differences => inputs[0] with { Value = graph.Add("Sub", [inputs[0].Value, Earlier(graph, inputs[0].Value, differences.Lag)]) },
        LaggedFeatures lagged => new(graph.Add("Concat", [.. lagged.Lags.Select(lag => Earlier(graph, inputs[0].Value, lag))], GraphBuilder.Integer("axis", 2)), inputs[0].Features * lagged.Lags.Length),
        _ => throw link.CannotBeExpressed($"column '{map.OutputColumnName}'"),
    };

    private static SequenceInGraph Zipped(GraphBuilder graph, ZippedSteps zip, SequenceInGraph[] inputs)
    {
        SequenceInGraph[] numbers = Array.ConvertAll(inputs, input => input.Keys == 0 ? input : zip.OneHotKeys ? OneHot(graph, input) : AsNumber(graph, input));
        return new(graph.Add("Concat", Array.ConvertAll(numbers, input => input.Value), GraphBuilder.Integer("axis", 2)), numbers.Sum(input => input.Features));
    }

    /// <summary>A 1 for each key; none for a missing one, whose place is cut off.</summary>
    private static SequenceInGraph OneHot(GraphBuilder graph, SequenceInGraph keys)
    {
        string indices = graph.Add("Cast", [keys.Value], GraphBuilder.Integer("to", (int)OnnxType.Int64));
        string all = graph.Add("OneHot", [indices, graph.Integers(keys.Keys + 1), graph.Weights("off_on", [0, 1], 2)], GraphBuilder.Integer("axis", -1));
        return new(graph.Add("Slice", [all, graph.Integers(1), graph.Integers(keys.Keys + 1), graph.Integers(2)]), keys.Keys);
    }

    private static SequenceInGraph AsNumber(GraphBuilder graph, SequenceInGraph keys) =>
        new(graph.Add("Unsqueeze", [graph.Add("Cast", [keys.Value], GraphBuilder.Integer("to", (int)OnnxType.Single)), graph.Integers(2)]), 1);

    private static string Scaled(GraphBuilder graph, NormalizedSequence map, SequenceInGraph x)
    {
        string centered = graph.Add("Sub", [x.Value, graph.Weights("offset", map.Offset, map.Offset.Length)]);
        return graph.Add("Mul", [centered, graph.Weights("scale", map.Scale, map.Scale.Length)]);
    }

    /// <summary>The steps so many before each; before the first stands the first again.</summary>
    private static string Earlier(GraphBuilder graph, string x, int lag)
    {
        if (lag == 0)
            return x;
        // A step of zeros behind the last, so that an empty sequence has an edge.
        string filled = graph.Add("Pad", [x, graph.Integers(0, 0, 0, 0, 1, 0)]);
        string padded = graph.Add("Pad", [filled, graph.Integers(0, lag, 0, 0, 0, 0)], GraphBuilder.Text("mode", "edge"));
        return graph.Add("Slice", [padded, graph.Integers(0), Shapes.Dimension(graph, x, 1), graph.Integers(1)]);
    }
}
