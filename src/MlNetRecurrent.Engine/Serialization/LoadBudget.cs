namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// What the parts of one file have taken together. A file may have any number of models and transforms, each of which is small enough, and
/// which unfold to much more than the file.
/// </summary>
internal sealed class LoadBudget
{
    /// <summary>What descriptions, and what weights, may take without a look at them.</summary>
    private const long Descriptions = 1 << 26, Weights = 1 << 28;

    private long _descriptions, _weights;

    /// <summary>Counts a description.</summary>
    /// <returns>Whether all so far are few enough to be read without a look.</returns>
    public bool TakeDescription(long bytes) => (_descriptions += bytes) <= Descriptions;

    /// <summary>Counts weights.</summary>
    /// <returns>Whether all so far are few enough to be read without a look.</returns>
    public bool TakeWeights(long bytes) => (_weights += bytes) < Weights;
}
