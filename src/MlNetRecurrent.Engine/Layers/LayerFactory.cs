using System.Numerics;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>Makes the layers that a definition describes.</summary>
internal static class LayerFactory<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static IEnumerable<SequenceLayer<L, T>> Create(NetworkDefinition definition)
    {
        int size = definition.Features;
        for (int i = 0; i < definition.Layers.Count; i++)
        {
            LayerDefinition layer = definition.Layers[i];
            SequenceLayer<L, T> made = Create(layer, size);
            size = made.Size;
            yield return made;
            if (layer.Dropout > 0 && !DropsPooled(definition, i))
                yield return new DropoutLayer<L, T>(size, new(layer.Dropout, i));
        }
    }

    /// <summary>What is left out of the pooled vectors, or null.</summary>
    public static DropoutMask<T>? DropoutOfPooling(NetworkDefinition definition)
    {
        int last = definition.Layers.Count - 1;
        return DropsPooled(definition, last) && definition.Layers[last].Dropout is > 0 and var rate ? new(rate, last) : null;
    }

    /// <summary>Whether what a layer leaves out is left out of the pooled vectors, rather than of each step.</summary>
    private static bool DropsPooled(NetworkDefinition definition, int layer) => layer == definition.Layers.Count - 1 && !definition.EveryStep;

    private static SequenceLayer<L, T> Create(LayerDefinition layer, int inputSize) => layer.TimeReduction > 1
        ? new TimeReductionLayer<L, T>(inputSize, layer.TimeReduction, CreateRecurrent(layer, checked(inputSize * layer.TimeReduction)))
        : CreateRecurrent(layer, inputSize);

    private static SequenceLayer<L, T> CreateRecurrent(LayerDefinition layer, int inputSize) => layer.Bidirectional
        ? new BidirectionalLayer<L, T>(inputSize, CreateOneWay(layer, inputSize), CreateOneWay(layer, inputSize))
        : CreateOneWay(layer, inputSize);

    private static RecurrentLayer<L, T> CreateOneWay(LayerDefinition layer, int inputSize) => layer.Cell switch
    {
        CellKind.Lstm => new LstmLayer<L, T>(inputSize, layer.Size),
        CellKind.Gru => new GruLayer<L, T>(inputSize, layer.Size),
        CellKind.GruResetBefore => new GruResetBeforeLayer<L, T>(inputSize, layer.Size),
        CellKind.Elman => new ElmanLayer<L, T, Tanh<L, T>>(inputSize, layer.Size),
        CellKind.ElmanRectifier => new ElmanLayer<L, T, Rectifier<L, T>>(inputSize, layer.Size),
        CellKind.Stack => new StackLayer<L, T>(inputSize, layer.Size, layer.Stacks!),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Cell, "There is no such cell."),
    };
}
