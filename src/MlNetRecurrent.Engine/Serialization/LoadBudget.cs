namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// The total size of the parts of one file. A file may have any number of models and transforms, each small enough by itself, that expand
/// to much more than the file.
/// </summary>
internal sealed class LoadBudget
{
    /// <summary>The size of descriptions, and of weights, up to which they are not examined.</summary>
    private const long Descriptions = 1 << 26, Weights = 1 << 28;

    private long _descriptions, _weights;

    /// <summary>Counts a description.</summary>
    /// <returns>Whether the total is small enough to skip the examination.</returns>
    public bool TakeDescription(long bytes) => (_descriptions += bytes) <= Descriptions;

    /// <summary>Counts weights.</summary>
    /// <returns>Whether the total is small enough to skip the examination.</returns>
    public bool TakeWeights(long bytes) => (_weights += bytes) < Weights;
}
