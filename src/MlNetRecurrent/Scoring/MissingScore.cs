using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>What stands in the columns of a model for a window that has too few rows: NaN everywhere.</summary>
/// <param name="network">The network.</param>
/// <param name="steps">The steps of the window.</param>
/// <param name="position">The number of the row, from 0.</param>
internal sealed class MissingScore(NetworkDefinition network, int steps, long position) : IScoredRow
{
    public long Position => position;

    public ReadOnlyMemory<float> Outputs => Missing(network.Outputs);

    public ReadOnlyMemory<float> Encoding => Missing(network.EncodingSize);

    public ReadOnlyMemory<float> StackActions => network.StackLayer is { } layer
        ? NaNs(StepsOf(layer) * layer.Stacks.NumberOfStacks * layer.Stacks.NumberOfActions)
        : ReadOnlyMemory<float>.Empty;

    private ReadOnlyMemory<float> Missing(int size) => NaNs(network.EveryStep ? steps * size : size);

    /// <summary>The steps that reach a layer, after those below have joined some.</summary>
    private int StepsOf(LayerDefinition layer)
    {
        int left = steps;
        foreach (LayerDefinition below in network.Layers.TakeWhile(below => !ReferenceEquals(below, layer)))
            left = (left + below.TimeReduction - 1) / below.TimeReduction;
        return left;
    }

    private static ReadOnlyMemory<float> NaNs(int count)
    {
        var numbers = new float[count];
        Array.Fill(numbers, float.NaN);
        return numbers;
    }
}
