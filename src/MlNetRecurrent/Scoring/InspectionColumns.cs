using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The columns that show what is inside of a network, by name; null for none.</summary>
/// <param name="Encoding">What the head of the network reads.</param>
/// <param name="StackActions">What the last layer with stacks does at each step.</param>
internal sealed record InspectionColumns(string? Encoding, string? StackActions)
{
    public ScoredParts Parts => (Encoding is null ? ScoredParts.None : ScoredParts.Encoding) | (StackActions is null ? ScoredParts.None : ScoredParts.StackActions);

    public IEnumerable<OutputColumn> Of(NetworkDefinition network)
    {
        int size = network.EncodingSize;
        if (Encoding is not null)
            yield return new(Encoding, network.EveryStep ? new VectorDataViewType(NumberDataViewType.Single, 0, size) : new VectorDataViewType(NumberDataViewType.Single, size), row => OutputColumn.VectorGetter(() => row.Encoding));
        if (StackActions is not null && network.StackLayer?.Stacks is { } stacks)
            yield return new(StackActions, new VectorDataViewType(NumberDataViewType.Single, 0, stacks.NumberOfStacks, stacks.NumberOfActions), row => OutputColumn.VectorGetter(() => row.StackActions));
    }
}
