using MlNetRecurrent.Onnx.Layers;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>A recurrent layer of a graph, with the layers below it.</summary>
/// <param name="Node">The operator.</param>
/// <param name="Below">The layer that it reads; null if it reads the input.</param>
/// <param name="Embedding">The embedding that the first layer reads, if the input is tokens.</param>
/// <param name="Time">The axis of the input that is the time.</param>
/// <param name="Depth">The number of layers up to this one.</param>
internal sealed record GraphLayer(RecurrentNode Node, GraphLayer? Below, EmbeddingTable? Embedding, AxisKind Time, int Depth)
{
    /// <summary>A limit above the number of layers of any real network.</summary>
    private const int MostLayers = 500;

    public AxisKind Batch => Time == AxisKind.First ? AxisKind.Second : AxisKind.First;

    /// <summary>All directions of the layer.</summary>
    public IEnumerable<LayerPart> Parts => Enumerable.Range(0, Node.Directions).Select(direction => new LayerPart(this, direction));

    /// <summary>All layers up to this one, the one that reads the input first.</summary>
    public IReadOnlyList<GraphLayer> Stack
    {
        get
        {
            var layers = new List<GraphLayer>();
            for (GraphLayer? layer = this; layer is not null; layer = layer.Below)
                layers.Insert(0, layer);
            return layers;
        }
    }

    public bool Equals(GraphLayer? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Node.GetHashCode();

    /// <summary>Reads a recurrent operator and its input.</summary>
    /// <exception cref="NotSupportedException">Its input is not that of a layer of this library.</exception>
    /// <exception cref="InvalidDataException">Its input has another size than its weights.</exception>
    public static GraphLayer Read(GraphNode node, RecurrentNode recurrent)
    {
        DataValue x = node.ReadData(0);
        node.ThrowIfNotSingle(x);
        GraphLayer? below = x.Kind == DataKind.Steps ? x.Parts[0].Layer : null;
        if (x.Kind is not (DataKind.Features or DataKind.Steps) || (below is not null && !x.Parts.SequenceEqual(below.Parts)))
        {
            throw node.Refuse(
                $"reads {x.Kind}; a recurrent layer reads the input of the graph, or all outputs of one layer step by step");
        }
        if (x.Axes.Count != 3)
            throw node.ReportDamage($"reads a value with {x.Axes.Count} axes; expected time, batch and features");
        AxisKind time = below?.Time ?? (x.Axes[0].Is(AxisKind.First) ? AxisKind.First : AxisKind.Second);
        var layer = new GraphLayer(recurrent, below, x.Embedding, time, below?.Depth + 1 ?? 1);
        if (!x.Axes[0].Means([time]) || !x.Axes[1].Means([layer.Batch]) || !x.Axes[2].IsFeatures)
        {
            throw node.Refuse(below is null
                ? "reads axes of the input in another order than time, batch, features"
                : "reads another axis as its time than the layer below, or not all of its features");
        }
        if (x.Axes[2].Size is { IsKnown: true } features && features.Factor != recurrent.Inputs)
            throw node.ReportDamage($"reads {recurrent.Inputs} numbers a step; it is given {features.Factor}");
        return layer.Depth <= MostLayers ? layer : throw node.Refuse($"is layer {layer.Depth}; a network has at most {MostLayers}");
    }

    /// <summary>Creates the value of an output of the operator: all steps, the last states, or the last cell states.</summary>
    public DataValue CreateOutput(int index, DataValue input)
    {
        DataKind kind = index switch { 0 => DataKind.Steps, 1 => DataKind.Last, _ => DataKind.Cells };
        Axis units = new(AxisKind.Features, new(Node.Units));
        Axis directions = Node.Directions == 1 ? Axis.Single : new(AxisKind.Directions, new(Node.Directions));
        Axis[] ofState = [directions, input.Axes[1], units];
        return new(kind, input.Type, index == 0 ? [input.Axes[0], .. ofState] : ofState) { Parts = [.. Parts] };
    }
}
