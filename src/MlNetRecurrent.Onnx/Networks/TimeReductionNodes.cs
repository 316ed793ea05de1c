namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The time reduction of a pyramidal network: several steps become one (Chan et al. 2015).</summary>
internal static class TimeReductionNodes
{
    /// <summary>Adds the reduced sequences [time / factor, batch, factor · features] and their lengths.</summary>
    public static (SequenceValue Value, string Lengths) Add(GraphBuilder graph, SequenceValue x, string lengths, int factor)
    {
        int features = checked(factor * x.Features);
        string time = Shapes.AddDimension(graph, x.Steps, 0), batch = Shapes.AddDimension(graph, x.Steps, 1);
        string excess = graph.Add("Sub", [graph.AddIntegers(factor), graph.Add("Mod", [time, graph.AddIntegers(factor)])]);
        string missing = graph.Add("Mod", [excess, graph.AddIntegers(factor)]);
        string padding = Shapes.Add(graph, graph.AddIntegers(0, 0, 0), missing, graph.AddIntegers(0, 0));
        string padded = graph.Add("Pad", [x.Steps, padding]);
        string shape = Shapes.Add(graph, graph.AddIntegers(-1, factor), batch, graph.AddIntegers(x.Features));
        string groups = graph.Transpose(graph.Add("Reshape", [padded, shape]), 0, 2, 1, 3);
        string joined = graph.Reshape(groups, 0, 0, features);
        string rest = graph.AddInt32s("rest", factor - 1), divisor = graph.AddInt32s("factor", factor);
        string reduced = graph.Add("Div", [graph.Add("Add", [lengths, rest]), divisor]);
        return (new(joined, features, LengthNodes.AddAtLeastOne(graph, reduced)), reduced);
    }
}
