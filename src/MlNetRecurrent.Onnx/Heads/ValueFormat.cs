namespace MlNetRecurrent.Onnx.Heads;

/// <summary>Values, in the unit of the labels.</summary>
internal sealed class ValueFormat : HeadFormat
{
    public override Type Definition => typeof(ValueDefinition);

    public override string Export(HeadInput input)
    {
        int outputs = input.Model.Network.Definition.Outputs;
        input.Graph.Output(TaskOutputs.Score, input.ConvertToUnit(input.Outputs), OnnxType.Single, input.ListDimensions(outputs));
        return "";
    }

    public override bool Matches(ScoreShape scores) => scores is { Activation: ScoreActivation.None, Outputs: 1 };

    public override HeadDefinition CreateDefinition(ScoreShape scores, string output) => scores.EveryStep
        ? throw new NotSupportedException($"{output} has a value for every step; this library knows classes of steps only.")
        : HeadDefinition.Value;

    public override TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels) =>
        new RegressionOutputs(RecurrentTask.Regression, [LabelScale.One], count: 1, slots: null);
}
