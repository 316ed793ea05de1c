using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Values: squared error.</summary>
internal sealed record ValueDefinition : HeadDefinition
{
    public override string Name => "SquaredError";

    public override bool HasValues => true;

    public override bool Fits(int outputs) => outputs > 0;

    public override Head<T> Create<T>(int outputs) => new ValueHead<T>(outputs);

    public override double LossUnit(TargetTransform targets) => targets.Scales is [var only] ? only.Unit * only.Unit : 1;

    /// <summary>The mean loss of a network whose outputs are all 0, at least that of an error of one standard deviation.</summary>
    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => data.MeanOfLabels((label, slot) =>
    {
        (double mean, double unit) = targets.ScaleOf(slot);
        return Math.Max(1, (Math.Pow(label.Mean - mean, 2) + label.Deviation * label.Deviation) / (unit * unit));
    });

    public override double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets) => data.MeanOfLabels((label, slot) =>
    {
        double deviation = label.Deviation / targets.ScaleOf(slot).Unit;
        return deviation * deviation;
    });

    public override double RelativeError(double meanLoss) => Math.Sqrt(meanLoss);
}
