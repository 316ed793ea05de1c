using MlNetRecurrent.Engine;

namespace MlNetRecurrent;

/// <summary>One layer of a recurrent network, as it is listed in <see cref="RecurrentOptions.Layers"/>. The outputs of each layer are the inputs of the next.</summary>
/// <param name="Size">
/// The number of hidden units, which is the number of features that the layer puts out at each step (twice as many where it is <see cref="Bidirectional"/>). Between 1 and 65536.
/// </param>
public abstract record RecurrentLayer(int Size)
{
    /// <summary>
    /// Whether a second layer of the same kind and size reads each sequence from its end, and both outputs of a step go on side by side: Schuster and Paliwal, "Bidirectional Recurrent Neural Networks",
    /// 1997. The layer then has twice the parameters, and <see cref="SequencePooling.Last"/> takes the last output of the one and the output of the other at the first step, where each has
    /// read everything. Default: <see langword="false"/>.
    /// </summary>
    public bool Bidirectional { get; init; }

    internal LayerDefinition Definition => new(Cell, Size) { Bidirectional = Bidirectional };

    private protected abstract CellKind Cell { get; }
}
