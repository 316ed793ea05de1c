namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The part of a graph that a head reads.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Head">The definition of the head.</param>
/// <param name="Meaning">The meaning of its outputs.</param>
/// <param name="EveryStep">Whether each step has outputs.</param>
/// <param name="Weights">The weights of the network, with those of the head.</param>
/// <param name="Outputs">The outputs of the linear layer [batch, outputs] or [batch, time, outputs].</param>
/// <param name="Lengths">The numbers of steps of the sequences, after layers that join steps [batch].</param>
internal sealed record HeadInput(
    GraphBuilder Graph, HeadDefinition Head, TaskOutputs Meaning, bool EveryStep, WeightReader Weights, string Outputs, string Lengths)
{
    /// <summary>The name of an additional output of the network; null for the main one.</summary>
    public string? OutputName { get; init; }

    /// <summary>What the names of the head's own weights begin with.</summary>
    public string WeightPrefix { get; init; } = WeightNames.OfHead;

    /// <summary>The number of outputs.</summary>
    public int Count => Meaning.Count;

    /// <summary>Adds an output of the graph.</summary>
    /// <param name="column">The column of the model whose values it has.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="dimensions">Its dimensions after those of the batch and, where each step has outputs, of the steps.</param>
    public void AddOutput(string column, string value, OnnxType type, params object[] dimensions) =>
        Graph.AddOutput(
            JointOutput.NameOf(OutputName, column), value, type,
            EveryStep ? ["batch", "time", .. dimensions] : ["batch", .. dimensions]);

    /// <summary>Converts values in the scale of the network to the unit of the labels, of each of their slots.</summary>
    /// <param name="values">The values, as many for each slot of the labels.</param>
    public string ConvertToUnit(string values)
    {
        IReadOnlyList<LabelScale> scales = Meaning.Scales;
        string scaled = Graph.Add("Mul", [values, AddConstant("label_deviation", scale => scale.Deviation)]);
        return Graph.Add("Add", [scaled, AddConstant("label_mean", scale => scale.Mean)]);

        string AddConstant(string name, Func<LabelScale, double> part)
        {
            if (scales is [var only])
                return Graph.AddConstant((float)part(only));
            int count = Head.GetPredictionSize(Count);
            float[] parts = [.. Enumerable.Range(0, count).Select(output => (float)part(scales[output / (count / scales.Count)]))];
            return Graph.AddWeights(name, parts, count);
        }
    }
}
