using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>One of several classes: softmax and cross-entropy.</summary>
internal sealed record CategoricalDefinition : HeadDefinition
{
    public override string Name => "SoftmaxCrossEntropy";

    public override bool Fits(int outputs) => outputs > 0;

    public override bool CanTag => true;

    public override bool CanSmooth => true;

    public override Head<T> Create<T>(int outputs) => new CategoricalHead<T>(outputs);

    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => LossOfEqualClasses(outputs);
}
