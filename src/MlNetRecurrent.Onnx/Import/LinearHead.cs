using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The linear layer after the recurrent layers.</summary>
/// <param name="Top">The last recurrent layer.</param>
/// <param name="Pooling">The pooling of the steps.</param>
/// <param name="EveryStep">Whether it is applied to each step.</param>
/// <param name="Weights">The constant with the weights.</param>
/// <param name="IsTransposed">Whether the weights are [outputs, inputs].</param>
/// <param name="Outputs">The number of outputs.</param>
internal sealed record LinearHead(GraphLayer Top, Pooling Pooling, bool EveryStep, string Weights, bool IsTransposed, int Outputs)
{
    /// <summary>The constant with the biases, if there are any.</summary>
    public string? Bias { get; init; }
}
