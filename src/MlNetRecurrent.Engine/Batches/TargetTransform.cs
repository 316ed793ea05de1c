namespace MlNetRecurrent.Engine.Batches;

/// <summary>The target of the network for a label, and the factor of the label's weight.</summary>
/// <param name="Mean">Subtracted from a label that is a value.</param>
/// <param name="Deviation">The divisor of the difference.</param>
/// <param name="ClassFactors">For labels that are classes: the factor of the weight of each class; null for 1.</param>
internal sealed record TargetTransform(double Mean = 0, double Deviation = 1, float[]? ClassFactors = null)
{
    /// <summary>Leaves labels and weights as they are.</summary>
    public static TargetTransform None { get; } = new();

    /// <summary>
    /// Gives all classes that occur the same weight: the weight of a target is multiplied by N / (K Nₖ), where N is the weight of all
    /// targets, K the number of classes among them, and Nₖ the weight of the targets of its class. The weight of all targets stays the
    /// same. A class that does not occur keeps its weight.
    /// </summary>
    public static TargetTransform BalancedClasses(DataStatistics data, int classes)
    {
        int present = data.ClassWeights.Count(weight => weight > 0);
        var factors = new float[classes];
        Array.Fill(factors, 1);
        for (int label = 0; label < data.ClassWeights.Count; label++)
        {
            if (data.ClassWeights[label] > 0)
                factors[label] = (float)(data.TotalWeight / (present * data.ClassWeights[label]));
        }
        return new(ClassFactors: factors);
    }

    /// <summary>The target for a label.</summary>
    public float Target(float label) => (float)((label - Mean) / Deviation);

    /// <summary>The factor of the weight of a label.</summary>
    public float Factor(float label) => ClassFactors is null ? 1 : ClassFactors[(int)label];
}
