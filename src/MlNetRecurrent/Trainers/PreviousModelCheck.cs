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
            throw Unfit($"reads {Describe(previous.Features)} where column '{features.Name}' holds {Describe(features)}");
        if (!definition.HasWeightsOf(previous.Network.Definition))
            throw Unfit($"has {Describe(previous.Network.Definition)}, the options describe {Describe(definition)}");
    }

    private static ArgumentException Unfit(string difference) => new($"The training cannot go on with the previous model: it {difference}.");

    private static string Describe(SequenceColumn column) => column.HoldsTokens ? $"one of {column.Tokens - 1} keys a step" : $"{column.Features} features a step";

    private static string Describe(NetworkDefinition definition) =>
        $"{definition.Outputs} outputs of {definition.Loss}{(definition.EveryStep ? " for every step" : "")} over {(definition.Tokens > 0 ? $"an embedding of {definition.Features} and " : "")}{string.Join(", ", definition.Layers)}";
}
