
namespace MlNetRecurrent.Engine.Definitions;

/// <summary>What a network is trained to make small, which also says what its outputs mean. Files hold the names.</summary>
internal enum LossKind
{
    /// <summary>One of several classes, of which the outputs are the logits.</summary>
    SoftmaxCrossEntropy,

    /// <summary>One of two classes; the only output is the logit of the one with the label 1.</summary>
    SigmoidCrossEntropy,

    /// <summary>A value, which is the only output.</summary>
    SquaredError,
}
