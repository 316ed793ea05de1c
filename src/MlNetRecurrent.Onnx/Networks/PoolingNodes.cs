using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The pooling of the steps of a sequence to one vector.</summary>
internal static class PoolingNodes
{
    /// <summary>Adds the pooled vectors [batch, features], which are zero for empty sequences.</summary>
    public static string Add(GraphBuilder graph, Pooling pooling, SequenceValue value, string lengths, string isEmpty)
    {
        string[] parts = Array.ConvertAll(pooling.Parts(), part => part switch
        {
            Pooling.Last => value.Last,
            Pooling.Mean => AddMean(graph, value, lengths),
            Pooling.Max => AddMax(graph, value),
            _ => throw new ArgumentOutOfRangeException(nameof(value), part, "There is no such pooling."),
        });
        string pooled = parts.Length == 1 ? parts[0] : graph.Concat(1, parts);
        return graph.Add("Where", [isEmpty, graph.AddConstant(0), pooled]);
    }

    private static string AddMean(GraphBuilder graph, SequenceValue value, string lengths)
    {
        string sum = graph.Add("ReduceSum", [value.Steps, graph.AddIntegers(0)], GraphBuilder.CreateInteger("keepdims", 0));
        string count = graph.Cast(LengthNodes.AddAtLeastOne(graph, lengths), OnnxType.Single);
        return graph.Add("Div", [sum, graph.Unsqueeze(count, 1)]);
    }

    private static string AddMax(GraphBuilder graph, SequenceValue value)
    {
        string mask = Masks.Add(graph, value.Steps, value.Lengths);
        string steps = graph.Add("Where", [mask, value.Steps, graph.AddConstant(float.MinValue)]);
        return graph.Add("ReduceMax", [steps], GraphBuilder.CreateIntegers("axes", 0), GraphBuilder.CreateInteger("keepdims", 0));
    }
}
