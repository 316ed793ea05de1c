namespace MlNetRecurrent.Onnx.Heads;

/// <summary>One of two classes, for each value of a label: the predicted label, the logit and the probability.</summary>
internal sealed class BernoulliFormat : HeadFormat
{
    public override Type Definition => typeof(BernoulliDefinition);

    public override void Export(HeadInput input)
    {
        (GraphBuilder graph, string x) = (input.Graph, input.Outputs);
        string threshold = graph.AddConstant(input.Meaning.Threshold ?? 0);
        input.AddOutput(TaskOutputs.PredictedLabel, graph.Add("Greater", [x, threshold]), OnnxType.Boolean, input.Count);
        input.AddOutput(TaskOutputs.Score, x, OnnxType.Single, input.Count);
        string probability = ClipProbabilities(graph, graph.Add("Sigmoid", [x]));
        input.AddOutput(TaskOutputs.Probability, probability, OnnxType.Single, input.Count);
    }

    public override bool Matches(ScoreShape scores) => scores.Activation == ScoreActivation.Sigmoid;

    public override HeadDefinition CreateDefinition(ScoreShape scores, string output) => scores is { EveryStep: true, Outputs: > 1 }
        ? throw new NotSupportedException(
            $"{output} has {scores.Outputs} numbers with a Sigmoid each for every step; this library knows one for every step.")
        : HeadDefinition.Bernoulli;

    public override TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels) => new BinaryOutputs(
        network.EveryStep ? RecurrentTask.BinaryTagger : RecurrentTask.Binary,
        slots: network.Outputs > 1 ? new(network.Outputs) : null);
}
