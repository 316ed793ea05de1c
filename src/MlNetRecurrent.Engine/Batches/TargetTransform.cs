namespace MlNetRecurrent.Engine.Batches;

/// <summary>What the network is to learn of a label, and how much that weighs.</summary>
/// <param name="Mean">Taken from a label that is a value.</param>
/// <param name="Deviation">What the rest is divided by.</param>
/// <param name="ClassFactors">Of labels that are classes: what the weight of each is multiplied by; null for 1.</param>
internal sealed record TargetTransform(double Mean = 0, double Deviation = 1, float[]? ClassFactors = null)
{
    /// <summary>Leaves labels and weights as they are.</summary>
    public static TargetTransform None { get; } = new();

    /// <summary>
    /// Gives all classes that there are the same weight: the weight of a target is multiplied by N / (K Nₖ), where N is the weight of all
    /// targets, K the number of classes among them, and Nₖ the weight of those of its class. The weight of all targets stays as it is. A
    /// class that is not there keeps its weight.
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

    /// <summary>What is to be learned in the place of a label.</summary>
    public float Target(float label) => (float)((label - Mean) / Deviation);

    /// <summary>What the weight of a label is multiplied by.</summary>
    public float Factor(float label) => ClassFactors is null ? 1 : ClassFactors[(int)label];
}
