using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>
/// This library's transforms of single rows as nodes. None of them reads later steps, so the steps after the end of a sequence have no
/// influence.
/// </summary>
internal static class RowMapNodes
{
    private static readonly Dictionary<Type, Func<GraphBuilder, RowMap, ColumnInGraph[], ColumnInGraph>> _all = new()
    {
        [typeof(ZippedSteps)] = (graph, map, inputs) => Zip(graph, (ZippedSteps)map, inputs),
        [typeof(NormalizedSequence)] = (graph, map, inputs) => Normalize(graph, (NormalizedSequence)map, inputs[0]),
        [typeof(SequenceDifferences)] = (graph, map, inputs) => Subtract(graph, (SequenceDifferences)map, inputs[0]),
        [typeof(LaggedFeatures)] = (graph, map, inputs) => Lag(graph, (LaggedFeatures)map, inputs[0]),
    };

    public static bool CanExpress(RowMap map) => _all.ContainsKey(map.GetType());

    /// <summary>Adds a transform that <see cref="CanExpress"/>.</summary>
    public static ColumnInGraph Add(GraphBuilder graph, RowMap map, ColumnInGraph[] inputs) =>
        _all[map.GetType()](graph, map, inputs);

    private static ColumnInGraph Zip(GraphBuilder graph, ZippedSteps map, ColumnInGraph[] inputs)
    {
        ColumnInGraph[] numbers = Array.ConvertAll(
            inputs, input => input.Keys == 0 ? input : map.OneHotKeys ? EncodeOneHot(graph, input) : ConvertToNumber(graph, input));
        return new(graph.Concat(2, Array.ConvertAll(numbers, input => input.Value)), numbers.Sum(input => input.Features));
    }

    private static ColumnInGraph Normalize(GraphBuilder graph, NormalizedSequence map, ColumnInGraph x)
    {
        string centered = graph.Add("Sub", [x.Value, graph.AddWeights("offset", map.Offset, map.Offset.Length)]);
        return x with { Value = graph.Add("Mul", [centered, graph.AddWeights("scale", map.Scale, map.Scale.Length)]) };
    }

    private static ColumnInGraph Subtract(GraphBuilder graph, SequenceDifferences map, ColumnInGraph x) =>
        x with { Value = graph.Add("Sub", [x.Value, Delay(graph, x.Value, map.Lag)]) };

    private static ColumnInGraph Lag(GraphBuilder graph, LaggedFeatures map, ColumnInGraph x) =>
        new(graph.Concat(2, [.. map.Lags.Select(lag => Delay(graph, x.Value, lag))]), x.Features * map.Lags.Length);

    /// <summary>One feature a key. Missing keys are at index 0, which is cut off.</summary>
    private static ColumnInGraph EncodeOneHot(GraphBuilder graph, ColumnInGraph keys)
    {
        string all = graph.EncodeOneHot(graph.Cast(keys.Value, OnnxType.Int64), keys.Keys + 1, axis: -1);
        return new(graph.Slice(all, 1, keys.Keys + 1, axis: 2), keys.Keys);
    }

    private static ColumnInGraph ConvertToNumber(GraphBuilder graph, ColumnInGraph keys) =>
        new(graph.Unsqueeze(graph.Cast(keys.Value, OnnxType.Single), 2), 1);

    /// <summary>Delays a sequence by a number of steps. The first step is repeated at the beginning.</summary>
    private static string Delay(GraphBuilder graph, string x, int lag)
    {
        if (lag == 0)
            return x;
        // One step of zeros after the last, so that an empty sequence has an edge to repeat.
        string filled = graph.Add("Pad", [x, graph.AddIntegers(0, 0, 0, 0, 1, 0)]);
        string padded = graph.Add("Pad", [filled, graph.AddIntegers(0, lag, 0, 0, 0, 0)], GraphBuilder.CreateText("mode", "edge"));
        return graph.Add("Slice", [padded, graph.AddIntegers(0), Shapes.AddDimension(graph, x, 1), graph.AddIntegers(1)]);
    }
}
