using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// Several heads on one network, for several labels (multi-task learning, Caruana 1997). Outputs, values of a label and of a prediction are
/// those of the parts, one after the other. The weights of the losses are factors of the <see cref="TargetTransform"/>.
/// </summary>
internal sealed record JointDefinition : HeadDefinition
{
    /// <summary>The parts, of which the first is the main one.</summary>
    public IReadOnlyList<JointPart> Parts { get; init; } = [];

    public override string Name => "Joint";

    public override string Description => string.Join(" and ", Parts.Select(part => part.Head.Description));

    public override int FirstFormat => Parts.Select(part => part.Head.FirstFormat).Append(4).Max();

    public override bool HasValues => Parts.All(part => part.Head.HasValues);

    public override bool CanTag => Parts is [var main, ..] && main.Head.CanTag;

    public override TaggingScheme LabelScheme => Parts is [var main, ..] ? main.Head.LabelScheme : TaggingScheme.None;

    public override bool CanSmooth => Parts.Any(part => part.Head.CanSmooth);

    public override bool WeighsEachLabel => Parts.All(part => part.Head.WeighsEachLabel);

    public override bool CanBeCut => Parts.All(part => part.Head.CanBeCut && !part.IsOfSequence);

    public override bool Fits(int outputs) =>
        Parts is { Count: > 1 } && Parts.All(IsPossible) && Parts.Sum(part => (long)part.Outputs) == outputs;

    public override Head<T> Create<T>(int outputs) =>
        new JointHead<T>([.. Parts.Select(part => (part.Head.Create<T>(part.Outputs), part.Outputs, part.IsOfSequence))]);

    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) =>
        MeanOfParts(data, targets, (part, ofPart, targetsOfPart) => part.Head.LossOfZeros(part.Outputs, ofPart, targetsOfPart));

    public override double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets) =>
        MeanOfParts(data, targets, (part, ofPart, targetsOfPart) => part.Head.LossOfConstant(part.Outputs, ofPart, targetsOfPart));

    public override double RelativeError(double meanLoss) => HasValues && Parts.Count > 0 ? Parts[0].Head.RelativeError(meanLoss) : 1;

    public override HeadDefinition WithoutAlternatives() =>
        this with { Parts = [.. Parts.Select(part => part with { Head = part.Head.WithoutAlternatives() })] };

    public bool Equals(JointDefinition? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Count;

    private static bool IsPossible(JointPart? part) =>
        part is { Head: not (null or JointDefinition), Outputs: > 0 and < 1 << 24 } && part.Head.Fits(part.Outputs);

    /// <summary>The mean of a loss over all labels of all parts.</summary>
    private double MeanOfParts(
        DataStatistics data, TargetTransform targets, Func<JointPart, DataStatistics, TargetTransform, double> lossOf)
    {
        double sum = 0, weight = data.Labels.Sum(label => label.Weight);
        int first = 0;
        foreach (JointPart part in Parts)
        {
            int size = part.Head.Create<float>(part.Outputs).LabelSize;
            (DataStatistics ofPart, TargetTransform targetsOfPart) = (data.OfLabels(first, size), targets.Of(first, size));
            double own = ofPart.Labels.Sum(label => label.Weight) * targets.FactorOf(first);
            if (own > 0)
                sum += own / weight * lossOf(part, ofPart, targetsOfPart);
            first += size;
        }
        return sum;
    }
}
