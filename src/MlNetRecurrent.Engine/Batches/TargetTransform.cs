namespace MlNetRecurrent.Engine.Batches;

/// <summary>The targets of the network for the values of a label, and the factors of their weights.</summary>
/// <param name="Scales">For labels that are numbers: the scale of each value of a label; null where targets are the labels.</param>
/// <param name="ClassFactors">
/// For labels that are classes: the factor of the weight of each class, for each value of a label; null for 1.
/// </param>
/// <param name="SlotFactors">The factor of the weight of each value of a label; null for 1.</param>
internal sealed record TargetTransform(TargetScale[]? Scales = null, float[]?[]? ClassFactors = null, float[]? SlotFactors = null)
{
    /// <summary>Leaves labels and weights as they are.</summary>
    public static TargetTransform None { get; } = new();

    /// <summary>
    /// Gives all classes that occur the same weight: the weight of a target is multiplied by N / (K Nₖ), where N is the weight of all
    /// targets, K the number of classes among them, and Nₖ the weight of the targets of its class. The weight of all targets stays the
    /// same. A class that does not occur keeps its weight. Each value of a label is balanced by itself.
    /// </summary>
    public static TargetTransform BalancedClasses(DataStatistics data, int classes) =>
        new(ClassFactors: [.. data.Labels.Select(label => BalancingFactors(label, classes))]);

    /// <summary>The target for a value of a label.</summary>
    public float Target(float label, int slot = 0) => Scales is null ? label : Scales[slot].ToTarget(label);

    /// <summary>The factor of the weight of a value of a label.</summary>
    public float Factor(float label, int slot = 0) => FactorOf(slot) * (ClassFactors?[slot] is { } classes ? classes[(int)label] : 1);

    /// <summary>The factor of the weight of a value of a label, whatever its class.</summary>
    public float FactorOf(int slot) => SlotFactors is null ? 1 : SlotFactors[slot];

    /// <summary>The scale of a value of the labels.</summary>
    public TargetScale ScaleOf(int slot) => Scales?[slot] ?? TargetScale.One;

    /// <summary>The targets of some values of a label alone.</summary>
    public TargetTransform Of(int first, int count) =>
        new(Scales?[first..(first + count)], ClassFactors?[first..(first + count)], SlotFactors?[first..(first + count)]);

    /// <summary>The targets of labels that consist of several, one after the other.</summary>
    /// <param name="parts">The targets of each, their numbers of values, and the factors of their weights.</param>
    public static TargetTransform Join(IReadOnlyList<(TargetTransform Targets, int Size, float Factor)> parts)
    {
        var all = parts.SelectMany(part => Enumerable.Range(0, part.Size).Select(slot => (part.Targets, slot, part.Factor))).ToArray();
        return new(
            Array.ConvertAll(all, value => value.Targets.ScaleOf(value.slot)),
            Array.ConvertAll(all, value => value.Targets.ClassFactors?[value.slot]),
            Array.ConvertAll(all, value => value.Factor * value.Targets.FactorOf(value.slot)));
    }

    private static float[] BalancingFactors(LabelStatistics label, int classes)
    {
        int present = label.ClassWeights.Count(weight => weight > 0);
        var factors = new float[classes];
        Array.Fill(factors, 1);
        for (int k = 0; k < label.ClassWeights.Count; k++)
        {
            if (label.ClassWeights[k] > 0)
                factors[k] = (float)(label.Weight / (present * label.ClassWeights[k]));
        }
        return factors;
    }
}

/// <summary>The scale of a value: target = (label - Mean) / Unit.</summary>
/// <param name="Mean">Subtracted from the label.</param>
/// <param name="Unit">The divisor of the difference.</param>
internal readonly record struct TargetScale(double Mean, double Unit)
{
    /// <summary>The scale of labels that are their own targets.</summary>
    public static TargetScale One { get; } = new(0, 1);

    public float ToTarget(float label) => (float)((label - Mean) / Unit);
}
