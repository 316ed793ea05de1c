using MlNetRecurrent.Engine;

namespace MlNetRecurrent;

/// <summary>One layer of a recurrent network, as it is listed in <see cref="RecurrentOptions.Layers"/>. The outputs of each layer are the inputs of the next.</summary>
/// <param name="Size">The number of hidden units, which is the number of features that the layer puts out at each step. Between 1 and 65536.</param>
public abstract record RecurrentLayer(int Size)
{
    internal abstract LayerDefinition Definition { get; }
}
