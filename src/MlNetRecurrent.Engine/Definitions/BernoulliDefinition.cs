using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A binary label: sigmoid and cross-entropy.</summary>
internal sealed record BernoulliDefinition : HeadDefinition
{
    public override string Name => "SigmoidCrossEntropy";

    public override bool CanSmooth => true;

    public override Head<T> Create<T>(int outputs) => new BernoulliHead<T>();
}
