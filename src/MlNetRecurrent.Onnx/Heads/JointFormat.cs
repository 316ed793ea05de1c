using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Onnx.Heads;

/// <summary>
/// Several heads: the outputs of each under its name, and a further output with the predictions of all of them, as the head gives them.
/// </summary>
internal sealed class JointFormat : HeadFormat
{
    public override Type Definition => typeof(JointDefinition);

    public override string PredictionOutput => "Predictions";

    public override void Export(HeadInput input)
    {
        GraphBuilder graph = input.Graph;
        int axis = input.EveryStep ? 2 : 1, start = 0, size = 0;
        List<string> predictions = [];
        var meaning = (JointOutputs)input.Meaning;
        foreach ((int i, JointPart part) in ((JointDefinition)input.Head).Parts.Index())
        {
            string outputs = graph.Slice(input.Outputs, start, start + part.Outputs, axis);
            HeadFormat format = HeadFormats.Find(part.Head.GetType());
            format.Export(input with
            {
                Head = part.Head,
                Meaning = meaning.Parts[i].Outputs,
                EveryStep = input.EveryStep && !part.IsOfSequence,
                Outputs = part.IsOfSequence ? AddMean(graph, outputs, input.Lengths) : outputs,
                OutputName = meaning.Parts[i].Name,
                WeightPrefix = $"{input.WeightPrefix}.{JointHead<float>.NameOf(i)}",
            });
            string prediction = meaning.Parts[i].NameOf(format.PredictionOutput);
            int width = part.Head.WithoutAlternatives().GetPredictionSize(part.Outputs);
            predictions.Add(part.IsOfSequence ? AddForEachStep(graph, prediction, input.Outputs, width) : prediction);
            start += part.Outputs;
            size += width;
        }
        input.AddOutput(PredictionOutput, graph.Concat(axis, [.. predictions]), OnnxType.Single, size);
    }

    public override void Import(OnnxReader file, HeadDefinition head, int outputs, string prefix, WeightWriter weights)
    {
        foreach ((int i, JointPart part) in ((JointDefinition)head).Parts.Index())
        {
            HeadFormats.Find(part.Head.GetType())
                .Import(file, part.Head, part.Outputs, $"{prefix}.{JointHead<float>.NameOf(i)}", weights);
        }
    }

    /// <summary>Adds the means over the steps of each sequence [batch, outputs]; NaN where it has none.</summary>
    private static string AddMean(GraphBuilder graph, string outputs, string lengths)
    {
        string steps = graph.Transpose(outputs, 1, 0, 2);
        string masked = graph.Add("Where", [Masks.Add(graph, steps, lengths), steps, graph.AddConstant(0)]);
        string sum = graph.Add("ReduceSum", [masked, graph.AddIntegers(0)], GraphBuilder.CreateInteger("keepdims", 0));
        return graph.Add("Div", [sum, graph.Unsqueeze(graph.Cast(lengths, OnnxType.Single), 1)]);
    }

    /// <summary>Repeats the prediction for a sequence [batch, size] at each step.</summary>
    private static string AddForEachStep(GraphBuilder graph, string prediction, string steps, int size)
    {
        string shape = graph.Concat(0, Shapes.AddDimension(graph, steps, 0), Shapes.AddDimension(graph, steps, 1), graph.AddIntegers(size));
        return graph.Add("Expand", [graph.Unsqueeze(prediction, 1), shape]);
    }
}
