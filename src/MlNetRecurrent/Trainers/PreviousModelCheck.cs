using MlNetRecurrent.Data;
using MlNetRecurrent.Engine;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Trainers;

/// <summary>Holds a model that the training is to go on with against what the options and the data describe.</summary>
internal static class PreviousModelCheck
{
    /// <exception cref="ArgumentException">The weights of the model are not weights of such a network.</exception>
    public static void ThrowIfUnfit(RecurrentModel previous, SequenceColumn features, NetworkDefinition definition)
    {
        if (previous.Features with { Name = features.Name } != features)
            throw Unfit($"it reads {Describe(previous.Features)} where column '{features.Name}' holds {Describe(features)}");
        foreach (((string name, object before), (_, object now)) in Traits(previous.Network.Definition).Zip(Traits(definition)))
        {
            if (!before.Equals(now))
                throw Unfit($"{name} is {before} in it, the options say {now}");
        }
    }

    private static ArgumentException Unfit(string difference) => new($"The training cannot go on with the previous model: {difference}.");

    private static string Describe(SequenceColumn column) => column.HoldsTokens ? $"one of {column.Tokens - 1} keys a step" : $"{column.Features} features a step";

    /// <summary>All that the weights depend on, by the names that users know; of two networks with other layers the first difference comes before the lists part.</summary>
    private static IEnumerable<(string Name, object Value)> Traits(NetworkDefinition definition)
    {
        yield return ("the number of layers", definition.Layers.Count);
        for (int i = 0; i < definition.Layers.Count; i++)
        {
            LayerDefinition layer = definition.Layers[i];
            yield return ($"the kind of Layers[{i}]", layer.Cell);
            yield return ($"Layers[{i}].{nameof(RecurrentLayer.Size)}", layer.Size);
            yield return ($"Layers[{i}].{nameof(RecurrentLayer.Bidirectional)}", layer.Bidirectional);
            yield return ($"Layers[{i}].{nameof(RecurrentLayer.TimeReduction)}", layer.TimeReduction);
            if (layer.Stacks is not { } stacks)
                continue;
            yield return ($"Layers[{i}].{nameof(StackLayer.NumberOfStacks)}", stacks.NumberOfStacks);
            yield return ($"Layers[{i}].{nameof(StackLayer.Depth)}", stacks.Depth);
            yield return ($"Layers[{i}].{nameof(StackLayer.HasNoOp)}", stacks.HasNoOp);
            yield return ($"Layers[{i}].{nameof(StackLayer.HasRecurrentWeights)}", stacks.HasRecurrentWeights);
            yield return ($"Layers[{i}].{nameof(StackLayer.HasBias)}", stacks.HasBias);
        }
        yield return (definition.Tokens > 0 ? nameof(RecurrentOptions.EmbeddingSize) : nameof(RecurrentOptions.NumberOfFeatures), definition.Features);
        yield return (nameof(RecurrentOptions.HasOutputBias), definition.HasOutputBias);
        yield return ("the number of outputs", definition.Outputs);
        yield return ("the loss", definition.Loss);
        yield return ("an output for every step", definition.EveryStep);
    }
}
