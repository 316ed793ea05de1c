namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The part of a graph that a head reads.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Model">The model.</param>
/// <param name="Weights">The weights of the network, with those of the head.</param>
/// <param name="Outputs">The outputs of the linear layer [batch, outputs] or [batch, time, outputs].</param>
/// <param name="Lengths">The numbers of steps of the sequences, after layers that join steps [batch].</param>
internal sealed record HeadInput(GraphBuilder Graph, TrainedModel Model, WeightReader Weights, string Outputs, string Lengths)
{
    /// <summary>The dimensions of an output: those of the batch, and of the steps where each step has outputs, and others.</summary>
    public object[] ListDimensions(params object[] others) =>
        Model.Network.Definition.EveryStep ? ["batch", "time", .. others] : ["batch", .. others];

    /// <summary>Converts values in the scale of the network to the unit of the labels, of each of their slots.</summary>
    /// <param name="values">The values, as many for each slot of the labels.</param>
    public string ConvertToUnit(string values)
    {
        IReadOnlyList<LabelScale> scales = Model.Outputs.Scales;
        string scaled = Graph.Add("Mul", [values, AddConstant("label_deviation", scale => scale.Deviation)]);
        return Graph.Add("Add", [scaled, AddConstant("label_mean", scale => scale.Mean)]);

        string AddConstant(string name, Func<LabelScale, double> part)
        {
            if (scales is [var only])
                return Graph.AddConstant((float)part(only));
            int count = Model.Network.Definition.PredictionSize;
            float[] parts = [.. Enumerable.Range(0, count).Select(output => (float)part(scales[output / (count / scales.Count)]))];
            return Graph.AddWeights(name, parts, count);
        }
    }
}
