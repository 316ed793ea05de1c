namespace MlNetRecurrent.Onnx.Heads;

/// <summary>Classes: the key of the likeliest class, and the probabilities of all.</summary>
internal sealed class CategoricalFormat : HeadFormat
{
    public override Type Definition => typeof(CategoricalDefinition);

    public override bool HasClasses => true;

    public override void Export(HeadInput input)
    {
        (GraphBuilder graph, string x) = (input.Graph, input.Outputs);
        string score = ClipProbabilities(graph, graph.Add("Softmax", [x], GraphBuilder.CreateInteger("axis", -1)));
        int keepsAxis = input.EveryStep ? 0 : 1;
        string likeliest = graph.Add(
            "ArgMax", [score], GraphBuilder.CreateInteger("axis", -1), GraphBuilder.CreateInteger("keepdims", keepsAxis));
        string key = graph.Cast(graph.Add("Add", [likeliest, graph.AddIntegers(1)]), OnnxType.UInt32);
        input.AddOutput(TaskOutputs.PredictedLabel, key, OnnxType.UInt32, input.EveryStep ? [] : [1]);
        input.AddOutput(TaskOutputs.Score, score, OnnxType.Single, input.Count);
    }

    // Several outputs without an activation are logits of classes.
    public override bool Matches(ScoreShape scores) =>
        scores.Activation == ScoreActivation.Softmax || scores is { Activation: ScoreActivation.None, Outputs: > 1 };

    public override HeadDefinition CreateDefinition(ScoreShape scores, string output) => HeadDefinition.Categorical;

    public override TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels) => network.EveryStep
        ? new TaggerOutputs(network.Outputs, labels)
        : new MulticlassOutputs(network.Outputs, labels);
}
