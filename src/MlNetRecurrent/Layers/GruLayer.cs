using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent;

/// <summary>
/// A layer of gated recurrent units: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation", 2014;
/// Chung et al., "Empirical Evaluation of Gated Recurrent Neural Networks on Sequence Modeling", 2014, arXiv 1412.3555.
/// </summary>
/// <remarks>
/// At each step, from the input x and the former h: r, z = σ(W x + R h + b), n = tanh(W x + b + r (R h + b)), h = (1 - z) n + z h, where each gate has its own W, R and b. It has
/// 3 · Size · (inputs + Size + 1) + Size parameters; where the reset gate comes before the product, there is no second b in n, and Size fewer. W is initialized after Glorot and Bengio, R orthogonal, b zero.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record GruLayer(int Size) : RecurrentLayer(Size)
{
    /// <summary>
    /// Whether the reset gate is applied after the product with R, as cuDNN, PyTorch and Keras do (and ONNX with <c>linear_before_reset</c>), or before it, as in the papers:
    /// n = tanh(W x + R (r h) + b). Default: <see langword="true"/>, which is faster.
    /// </summary>
    public bool ResetAfter { get; init; } = true;

    private protected override LayerDefinition Describe() => ResetAfter ? new GruDefinition(Size) : new GruResetBeforeDefinition(Size);
}
