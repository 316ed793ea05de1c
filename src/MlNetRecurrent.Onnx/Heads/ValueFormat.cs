namespace MlNetRecurrent.Onnx.Heads;

/// <summary>A value, in the scale of the labels.</summary>
internal sealed class ValueFormat : HeadFormat
{
    public override Type Definition => typeof(ValueDefinition);

    public override string Export(HeadInput input)
    {
        (GraphBuilder graph, string x) = (input.Graph, input.Outputs);
        LabelScale scale = ((RegressionOutputs)input.Model.Outputs).Scale;
        string scaled = graph.Add("Mul", [x, graph.Constant((float)scale.Deviation)]);
        string value = graph.Add("Add", [scaled, graph.Constant((float)scale.Mean)]);
        graph.Output(TaskOutputs.Score, value, OnnxType.Single, input.ListDimensions(1));
        return "";
    }

    public override bool Matches(ScoreShape scores) => scores is { Activation: ScoreActivation.None, Outputs: 1 };

    public override HeadDefinition CreateDefinition(ScoreShape scores, string output) => scores.EveryStep
        ? throw new NotSupportedException($"{output} has a value for every step; this library knows classes of steps only.")
        : HeadDefinition.Value;

    public override TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels) =>
        new RegressionOutputs(new(Mean: 0, Deviation: 1));
}
