namespace MlNetRecurrent;

/// <summary>
/// An LSTM layer (long short-term memory): Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of Gers,
/// Schmidhuber and Cummins, 2000.
/// </summary>
/// <remarks>
/// At each step, with the input x and the previous states h₋ and c₋:
/// <code>
/// i, f, o = σ(W x + R h₋ + b)
/// g = tanh(W x + R h₋ + b)
/// c = f c₋ + i g
/// h = o tanh(c)
/// </code>
/// Each gate has its own W, R and b. The layer has 4 · Size · (inputs + Size + 1) parameters. W is initialized after Glorot and Bengio, R
/// as an orthogonal matrix, b of the forget gate with ones and the other b with zeros.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record LstmLayer(int Size) : RecurrentLayer(Size)
{
    private protected override LayerDefinition Describe() => new LstmDefinition(Size);
}
