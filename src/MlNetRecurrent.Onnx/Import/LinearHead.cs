using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The linear layer on top of the recurrent ones.</summary>
/// <param name="Top">The highest recurrent layer.</param>
/// <param name="Pooling">What it reads of the steps.</param>
/// <param name="EveryStep">Whether it reads each step.</param>
/// <param name="Weights">The constant.</param>
/// <param name="IsTransposed">Whether the constant is [outputs, inputs].</param>
/// <param name="Outputs">The number of outputs.</param>
internal sealed record LinearHead(GraphLayer Top, Pooling Pooling, bool EveryStep, string Weights, bool IsTransposed, int Outputs)
{
    /// <summary>The constant of the biases.</summary>
    public string? Bias { get; init; }
}
