namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The ONNX format of a layer definition: its nodes and weights. A new cell is a subclass.</summary>
internal abstract class LayerFormat
{
    /// <summary>The type of the layer definition.</summary>
    public abstract Type Definition { get; }

    /// <summary>Adds a layer to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer. Its time reduction is already applied to <paramref name="x"/>.</param>
    /// <param name="name">The beginning of the names of its weights.</param>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="x">The input.</param>
    /// <returns>The output of each step and the last state, of both directions if the layer is bidirectional.</returns>
    public abstract SequenceValue Export(GraphBuilder graph, LayerDefinition layer, string name, WeightReader weights, SequenceValue x);

    /// <summary>Compares the sizes of a layer with those of its weights in a file of this library, before memory is allocated.</summary>
    /// <exception cref="InvalidDataException">The sizes differ.</exception>
    public abstract void Verify(OnnxReader file, LayerDefinition layer, string name);

    /// <summary>Reads the weights of a layer from a file of this library.</summary>
    /// <exception cref="InvalidDataException">The weights do not have the sizes of the layer.</exception>
    public abstract void Import(OnnxReader file, LayerDefinition layer, string name, WeightWriter weights);
}
