using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Makes a network of what the outputs of a graph are.</summary>
internal static class NetworkAssembly
{
    /// <param name="file">The file.</param>
    /// <param name="outputs">The outputs of the graph; null where nothing is known of one.</param>
    /// <exception cref="NotSupportedException">There is no network, or its outputs are those of none of this library.</exception>
    /// <exception cref="InvalidDataException">The weights do not go together.</exception>
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
            Head = HeadOf(name, scores),
        };
        definition.Validate();
        var weights = new WeightWriter(definition, file.NumberCount);
        if (embedding is not null)
            weights.Set("embedding.weight", file.Numbers(embedding.Name).Values);
        foreach ((int i, GraphLayer layer) in layers.Index())
            layer.Node.WriteTo(weights, $"layers.{i}");
        float[] values = file.Numbers(head.Weights).Values;
        weights.Set("head.weight", head.IsTransposed ? values : WeightWriter.Transpose(values, head.Outputs));
        if (head.Bias is not null)
            weights.Set("head.bias", file.Numbers(head.Bias).Values);
        weights.ThrowIfMissing();
        return new(definition, FeatureNormalization.None(definition.Features), weights.Parameters);
    }

    /// <summary>The output that is made by the linear layer. Probabilities may stand beside what they are made of, and states and labels beside both.</summary>
    private static (string Name, DataValue Scores) FindScores(IReadOnlyList<(string Name, GraphValue? Value)> outputs)
    {
        (string Name, DataValue Value)[] ofHead = [.. outputs.Where(output => output.Value is DataValue { IsOfHead: true }).Select(output => (output.Name, (DataValue)output.Value!))];
        if (ofHead.Length == 0)
        {
            string found = string.Join(", ", outputs.Take(5).Select(output => $"'{ShortName.Shorten(output.Name)}' ({(output.Value as DataValue)?.Kind.ToString() ?? "unknown"})"));
            bool hasLayers = outputs.Any(output => output.Value is DataValue { Parts.Count: > 0 });
            throw new NotSupportedException(hasLayers
                ? $"No output of the graph is of a linear layer (Gemm, or MatMul and Add) behind recurrent ones; there is {found}."
                : $"No output of the graph is of an LSTM, GRU or RNN that reads its input, and of a linear layer behind it; there is {found}.");
        }
        (string Name, DataValue Value) best = ofHead.MaxBy(output => output.Value.Kind);
        foreach ((string name, DataValue value) in ofHead)
        {
            if (!ReferenceEquals(value.Head, best.Value.Head) || (value.Kind != best.Value.Kind && value.Kind is DataKind.Probabilities or DataKind.Probability))
                throw new NotSupportedException($"Outputs '{ShortName.Shorten(name)}' and '{ShortName.Shorten(best.Name)}' of the graph are scores of different kinds or layers; a network of this library has one score.");
        }
        return best;
    }

    private static HeadDefinition HeadOf(string name, DataValue scores)
    {
        (int outputs, bool everyStep) = (scores.Head!.Outputs, scores.Head.EveryStep);
        string output = $"Output '{ShortName.Shorten(name)}' of the graph";
        switch (scores.Kind)
        {
            case DataKind.Probability when outputs > 1:
                throw new NotSupportedException($"{output} has {outputs} numbers with a Sigmoid each; this library knows one.");
            case DataKind.Probability when everyStep:
                throw new NotSupportedException($"{output} has a Sigmoid for every step; this library knows classes of steps only.");
            case DataKind.Probability:
                return HeadDefinition.Bernoulli;
            case DataKind.Product or DataKind.Outputs when outputs == 1:
                return everyStep ? throw new NotSupportedException($"{output} has a value for every step; this library knows classes of steps only.") : HeadDefinition.Value;
            default:
                return HeadDefinition.Categorical;
        }
    }
}
