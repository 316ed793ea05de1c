using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent;

/// <summary>
/// A layer of long short-term memory: Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of Gers, Schmidhuber and Cummins, 2000.
/// </summary>
/// <remarks>
/// At each step, from the input x and the former h and c: i, f, o = σ(W x + R h + b), g = tanh(W x + R h + b), c = f c + i g, h = o tanh c. Each gate has its own W, R and b.
/// It has 4 · Size · (inputs + Size + 1) parameters. W is initialized after Glorot and Bengio, R orthogonal, b zero but for the forget gate's, which is 1.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record LstmLayer(int Size) : RecurrentLayer(Size)
{
    private protected override LayerDefinition Describe() => new LstmDefinition(Size);
}
