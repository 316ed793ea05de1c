namespace MlNetRecurrent.Onnx.Heads;

/// <summary>Values, in the unit of the labels.</summary>
internal sealed class ValueFormat : HeadFormat
{
    public override Type Definition => typeof(ValueDefinition);

    public override void Export(HeadInput input)
    {
        input.AddOutput(TaskOutputs.Score, input.ConvertToUnit(input.Outputs), OnnxType.Single, input.Count);
    }

    public override bool Matches(ScoreShape scores) => scores is { Activation: ScoreActivation.None, Outputs: 1 };

    public override HeadDefinition CreateDefinition(ScoreShape scores, string output) => HeadDefinition.Value;

    public override TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels)
    {
        RecurrentTask task = network.EveryStep ? RecurrentTask.RegressionTagger : RecurrentTask.Regression;
        return new RegressionOutputs(task, [LabelScale.One], count: 1, slots: null);
    }
}
