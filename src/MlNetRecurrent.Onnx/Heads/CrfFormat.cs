using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Onnx.Heads;

/// <summary>
/// A conditional random field: the probabilities of the tags by the forward and the backward algorithm, and the best path by the Viterbi
/// algorithm, as four Scans over the steps. A further output holds both, as the head does: the probabilities and the tag of each step.
/// </summary>
internal sealed class CrfFormat : HeadFormat
{
    private const string Transitions = ".transitions", Start = ".start", End = ".end";

    public override Type Definition => typeof(CrfDefinition);

    public override bool HasClasses => true;

    public override string PredictionOutput => "ScoreAndPath";

    public override void Export(HeadInput input)
    {
        GraphBuilder graph = input.Graph;
        int tags = input.Count;
        string steps = graph.Transpose(input.Outputs, 1, 0, 2), time = Shapes.AddDimension(graph, steps, 0);
        // One step more, since a Scan needs one.
        string x = graph.Add("Pad", [steps, graph.AddIntegers(0, 0, 0, 1, 0, 0)]);
        var scans = new CrfScans(graph, tags, LoadScores(input, tags), x, AddIsLast(graph, x, input.Lengths));
        string score = ClipProbabilities(graph, Cut(graph.Add("Softmax", [scans.AddSums()], GraphBuilder.CreateInteger("axis", -1))));
        string path = Cut(scans.AddBestPath());
        string keys = graph.Add("Add", [path, graph.AddIntegers(1)]);
        string key = graph.Cast(graph.Add("Squeeze", [keys, graph.AddIntegers(2)]), OnnxType.UInt32);
        input.AddOutput(TaskOutputs.PredictedLabel, key, OnnxType.UInt32);
        input.AddOutput(TaskOutputs.Score, score, OnnxType.Single, tags);
        string both = graph.Concat(2, score, graph.Cast(path, OnnxType.Single));
        input.AddOutput(PredictionOutput, both, OnnxType.Single, tags + 1);

        string Cut(string value) =>
            graph.Transpose(graph.Add("Slice", [value, graph.AddIntegers(0), time, graph.AddIntegers(0)]), 1, 0, 2);
    }

    public override void Import(OnnxReader file, HeadDefinition head, int outputs, string prefix, WeightWriter weights)
    {
        weights.Write(prefix + Transitions, file.ReadMatrix(prefix + Transitions, outputs, outputs));
        weights.Write(prefix + Start, file.ReadMatrix(prefix + Start, 1, outputs));
        weights.Write(prefix + End, file.ReadMatrix(prefix + End, 1, outputs));
    }

    /// <summary>Adds the parameters. What the scheme forbids gets a score that makes it impossible.</summary>
    private static CrfScores LoadScores(HeadInput input, int tags)
    {
        var definition = (CrfDefinition)input.Head;
        TagRules? rules = definition.Tags is { } names ? new(definition.Scheme, names) : null;
        return new(
            Load(Transitions, tags, (i, j) => rules!.MayFollow(i, j)),
            Load(Start, 1, (_, j) => rules!.MayBegin(j)),
            Load(End, 1, (_, j) => rules!.MayEnd(j)));

        string Load(string suffix, int rows, Func<int, int, bool> isAllowed)
        {
            string name = input.WeightPrefix + suffix;
            string scores = input.Graph.AddNamedWeights(name, input.Weights.Read(name), rows, tags);
            if (rules is null)
                return scores;
            float[] penalties =
                [.. Enumerable.Range(0, rows * tags).Select(i => isAllowed(i / tags, i % tags) ? 0 : (float)TagLattice.Impossible)];
            return input.Graph.Add("Add", [scores, input.Graph.AddWeights("forbidden", penalties, rows, tags)]);
        }
    }

    /// <summary>Adds whether a step is the last of its sequence, Boolean [time, batch, 1].</summary>
    private static string AddIsLast(GraphBuilder graph, string x, string lengths)
    {
        string time = graph.Cast(Shapes.AddDimension(graph, x, 0), OnnxType.Int32);
        string steps = graph.Add("Squeeze", [time, graph.AddIntegers(0)]);
        string numbers = graph.Add("Range", [graph.AddInt32Scalar(0), steps, graph.AddInt32Scalar(1)]);
        string last = graph.Add("Sub", [lengths, graph.AddInt32s("one", 1)]);
        return graph.Add("Equal", [graph.Unsqueeze(numbers, 1, 2), graph.Unsqueeze(last, 0, 2)]);
    }
}
