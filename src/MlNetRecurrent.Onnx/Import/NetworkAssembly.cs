using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Heads;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Builds a network from the outputs of a graph.</summary>
internal static class NetworkAssembly
{
    /// <summary>The number of outputs of a graph that a message names.</summary>
    private const int MostNamed = 5;

    /// <param name="file">The file.</param>
    /// <param name="outputs">The outputs of the graph, with a null value where nothing is known of an output.</param>
    /// <exception cref="NotSupportedException">There is no network, or its outputs are not those of a task of this library.</exception>
    /// <exception cref="InvalidDataException">The sizes of the weights contradict each other.</exception>
    public static TrainedNetwork Build(OnnxReader file, IReadOnlyList<(string Name, GraphValue? Value)> outputs)
    {
        (string name, DataValue scores) = FindScores(outputs);
        LinearHead head = scores.Head!;
        IReadOnlyList<GraphLayer> layers = head.Top.Stack;
        EmbeddingTable? embedding = layers[0].Embedding;
        var definition = new NetworkDefinition
        {
            Features = embedding?.Columns ?? layers[0].Node.Inputs,
            Tokens = embedding?.Rows ?? 0,
            Layers = [.. layers.Select(layer => layer.Node.Layer)],
            Pooling = head.Pooling,
            EveryStep = head.EveryStep,
            Outputs = head.Outputs,
            HasOutputBias = head.Bias is not null,
            Head = CreateHead(name, scores),
        };
        definition.Validate();
        return new(definition, FeatureNormalization.None(definition.Features), ReadWeights(file, definition, head));
    }

    private static Parameters<float> ReadWeights(OnnxReader file, NetworkDefinition definition, LinearHead head)
    {
        IReadOnlyList<GraphLayer> layers = head.Top.Stack;
        var weights = new WeightWriter(definition, file.NumberCount);
        if (layers[0].Embedding is { } embedding)
            weights.Write(WeightNames.FormatEmbedding(0, inputs: 1), file.ReadNumbers(embedding.Name).Values);
        foreach ((int i, GraphLayer layer) in layers.Index())
            layer.Node.WriteTo(weights, WeightNames.FormatLayer(i));
        float[] values = file.ReadNumbers(head.Weights).Values;
        weights.Write(WeightNames.Head, head.IsTransposed ? values : WeightMatrix.Transpose(values, head.Outputs));
        if (head.Bias is not null)
            weights.Write(WeightNames.HeadBias, file.ReadNumbers(head.Bias).Values);
        weights.ThrowIfMissing();
        return weights.Parameters;
    }

    /// <summary>Finds the scores. Their logits can be an output beside them, and so can labels and states.</summary>
    private static (string Name, DataValue Scores) FindScores(IReadOnlyList<(string Name, GraphValue? Value)> outputs)
    {
        (string Name, DataValue Value)[] ofHead =
        [
            .. outputs
                .Where(output => output.Value is DataValue { IsOfHead: true })
                .Select(output => (output.Name, (DataValue)output.Value!)),
        ];
        if (ofHead.Length == 0)
            throw RefuseOutputs(outputs);
        (string Name, DataValue Value) best = ofHead.MaxBy(output => output.Value.Kind);
        foreach ((string name, DataValue value) in ofHead)
        {
            bool isOtherKind = value.Kind != best.Value.Kind && value.Kind is DataKind.Probabilities or DataKind.Probability;
            if (!ReferenceEquals(value.Head, best.Value.Head) || isOtherKind)
            {
                throw new NotSupportedException(
                    $"Outputs '{ShortName.Shorten(name)}' and '{ShortName.Shorten(best.Name)}' of the graph are scores of different " +
                    "kinds or layers; a network of this library has one score.");
            }
        }
        return best;
    }

    private static NotSupportedException RefuseOutputs(IReadOnlyList<(string Name, GraphValue? Value)> outputs)
    {
        IEnumerable<string> names = outputs.Take(MostNamed).Select(
            output => $"'{ShortName.Shorten(output.Name)}' ({(output.Value as DataValue)?.Kind.ToString() ?? "unknown"})");
        string found = string.Join(", ", names);
        bool hasLayers = outputs.Any(output => output.Value is DataValue { Parts.Count: > 0 });
        return new(hasLayers
            ? $"No output of the graph is of a linear layer (Gemm, or MatMul and Add) behind recurrent ones; there is {found}."
            : $"No output of the graph is of an LSTM, GRU or RNN that reads its input, and of a linear layer behind it; there is {found}.");
    }

    private static HeadDefinition CreateHead(string name, DataValue scores)
    {
        ScoreActivation activation = scores.Kind switch
        {
            DataKind.Probability => ScoreActivation.Sigmoid,
            DataKind.Probabilities => ScoreActivation.Softmax,
            _ => ScoreActivation.None,
        };
        var shape = new ScoreShape(activation, scores.Head!.Outputs, scores.Head.EveryStep);
        return HeadFormats.FindHead(shape).CreateDefinition(shape, $"Output '{ShortName.Shorten(name)}' of the graph");
    }
}
