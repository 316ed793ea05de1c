namespace MlNetRecurrent;

/// <summary>
/// A GRU layer (gated recurrent unit): Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine
/// Translation", 2014; Chung et al., "Empirical Evaluation of Gated Recurrent Neural Networks on Sequence Modeling", 2014, arXiv 1412.3555.
/// </summary>
/// <remarks>
/// At each step, with the input x and the previous state h₋:
/// <code>
/// r, z = σ(W x + R h₋ + b)
/// n = tanh(W x + b + r (R h₋ + b))
/// h = (1 - z) n + z h₋
/// </code>
/// Each gate has its own W, R and b. The layer has 3 · Size · (inputs + Size + 1) + Size parameters. If <see cref="ResetAfter"/> is
/// <see langword="false"/>, n has no second b, and the layer has Size fewer parameters. W is initialized after Glorot and Bengio, R as an
/// orthogonal matrix, b with zeros.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record GruLayer(int Size) : RecurrentLayer(Size)
{
    /// <summary>
    /// Whether the reset gate is applied after the product with R, as in cuDNN, PyTorch, Keras and ONNX with <c>linear_before_reset</c>.
    /// Otherwise it is applied before, as in the papers: n = tanh(W x + R (r h₋) + b). Default: <see langword="true"/>, which is faster.
    /// </summary>
    public bool ResetAfter { get; init; } = true;

    private protected override LayerDefinition Describe() => ResetAfter ? new GruDefinition(Size) : new GruResetBeforeDefinition(Size);
}
