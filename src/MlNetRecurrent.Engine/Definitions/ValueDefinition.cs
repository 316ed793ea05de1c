using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A value: squared error.</summary>
internal sealed record ValueDefinition : HeadDefinition
{
    public override string Name => "SquaredError";

    public override bool HasValues => true;

    public override Head<T> Create<T>(int outputs) => new ValueHead<T>();

    /// <summary>The mean loss of a network whose outputs are all 0, at least that of an error of one standard deviation.</summary>
    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets)
    {
        (double mean, double deviation) = data.Labels;
        return Math.Max(1, (Math.Pow(mean - targets.Mean, 2) + deviation * deviation) / (targets.Deviation * targets.Deviation));
    }

    public override double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets)
    {
        double deviation = data.Labels.Deviation / targets.Deviation;
        return deviation * deviation;
    }
}
