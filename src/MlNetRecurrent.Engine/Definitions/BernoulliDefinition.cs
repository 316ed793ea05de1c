using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Labels of one or several values, each yes or no: sigmoid and cross-entropy.</summary>
internal sealed record BernoulliDefinition : HeadDefinition
{
    public override string Name => "SigmoidCrossEntropy";

    public override bool CanSmooth => true;

    public override bool Fits(int outputs) => outputs > 0;

    public override Head<T> Create<T>(int outputs) => new BernoulliHead<T>(outputs);

    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => Math.Log(2);
}
