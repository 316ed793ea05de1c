namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The scores that a graph from another exporter computes.</summary>
/// <param name="Activation">The activation after the linear layer.</param>
/// <param name="Outputs">The number of outputs of the linear layer.</param>
/// <param name="EveryStep">Whether each step has outputs.</param>
internal readonly record struct ScoreShape(ScoreActivation Activation, int Outputs, bool EveryStep);

/// <summary>The activation after the linear layer.</summary>
internal enum ScoreActivation
{
    None,
    Softmax,
    Sigmoid,
}
