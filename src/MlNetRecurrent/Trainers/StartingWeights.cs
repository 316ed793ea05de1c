using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Trainers;

/// <summary>The weights from which a training starts, where they are not all random.</summary>
internal static class StartingWeights
{
    /// <summary>What the names of the weights of the outputs begin with.</summary>
    private const string OfHead = "head.";

    /// <param name="options">The options.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="definition">The network.</param>
    /// <param name="previous">The model that the training continues, or null.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="log">The log.</param>
    /// <returns>The weights; null where all are random.</returns>
    /// <exception cref="InvalidOperationException">The keys of a column have no values, or none of them has a vector.</exception>
    public static Parameters<float>? Create(
        RecurrentOptions options, DataViewSchema schema, InputColumns inputs, NetworkDefinition definition, TrainedModel? previous,
        int seed, TrainingLog log)
    {
        if (previous is not null && options.EmbeddingVectors.Count > 0)
            log.VectorsKept();
        if (previous is not null && !options.ReplaceOutputs)
            return previous.Network.Parameters;
        if (previous is null && options.EmbeddingVectors.Count == 0)
            return null;
        var network = new Network<ScalarLane, float>(definition);
        Parameters<float> parameters = network.Initialize(SeedSequence.Derive(seed, SeedSequence.Weights), log.Working);
        Dictionary<string, ParameterTensor> tensors = network.Tensors.ToDictionary(tensor => tensor.Name);
        if (previous is not null)
        {
            foreach (ParameterTensor tensor in previous.Network.Definition.Tensors)
            {
                if (!tensor.Name.StartsWith(OfHead, StringComparison.Ordinal))
                    Copy(previous.Network.Parameters, tensor, parameters, tensors[tensor.Name]);
            }
            return parameters;
        }
        foreach ((string name, EmbeddingVectors vectors) in options.EmbeddingVectors)
        {
            int field = inputs.Names.ToList().IndexOf(name);
            if (inputs.All[field] is { HoldsTokens: false } or { Characters: > 0 })
            {
                throw new InvalidOperationException(
                    $"Column '{name}' has {nameof(RecurrentOptions.EmbeddingVectors)}, but no keys, one a step, that are embedded.");
            }
            string tensor = inputs.Fields.Count == 1 ? "embedding.weight" : $"embeddings.{field}.weight";
            string[] keys = LabelValues.Read(schema[name])?.Texts ?? throw new InvalidOperationException(
                $"Column '{name}' has {nameof(RecurrentOptions.EmbeddingVectors)}, but its keys have no values to look up.");
            log.VectorsFound(name, keys.Length, Fill(parameters, tensors[tensor], keys, vectors, name));
        }
        return parameters;
    }

    /// <summary>The parts of the network whose weights do not change.</summary>
    public static IReadOnlyList<string> FrozenParts(RecurrentOptions options, InputColumns inputs) =>
    [
        .. from input in inputs.Names.Index()
           let vectors = options.EmbeddingVectors.GetValueOrDefault(input.Item)
           where vectors is { Trainable: false } || (!options.TrainableEmbeddings && inputs.All[input.Index].HoldsTokens)
           select inputs.Fields.Count == 1 ? "embedding" : $"embeddings.{input.Index}",
        .. options.Layers.Index().Where(layer => !layer.Item.Trainable).Select(layer => $"layers.{layer.Index}"),
    ];

    private static void Copy(Parameters<float> from, ParameterTensor source, Parameters<float> to, ParameterTensor target)
    {
        Span<float> values = to.Values.Span;
        for (int row = 0; row < source.Rows; row++)
        {
            for (int column = 0; column < source.Columns; column++)
                values[(int)target.Position(row, column)] = from.Values.Span[(int)source.Position(row, column)];
        }
    }

    /// <summary>Puts the vectors of the keys into a table, whose row 0 is that of unknown tokens, and returns how many there are.</summary>
    private static int Fill(Parameters<float> parameters, ParameterTensor table, string[] keys, EmbeddingVectors vectors, string column)
    {
        int found = 0;
        Span<float> values = parameters.Values.Span;
        for (int key = 0; key < keys.Length; key++)
        {
            if (!vectors.TryGetVector(keys[key], out ReadOnlyMemory<float> vector))
                continue;
            found++;
            for (int i = 0; i < vector.Length; i++)
                values[(int)table.Position(key + 1, i)] = vector.Span[i];
        }
        return found > 0 ? found : throw new InvalidOperationException(
            $"None of the {keys.Length} keys of column '{column}' has a vector in {nameof(RecurrentOptions.EmbeddingVectors)}: "
            + "are they written alike, for example in lower case?");
    }
}
