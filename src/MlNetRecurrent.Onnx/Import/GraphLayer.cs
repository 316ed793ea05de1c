namespace MlNetRecurrent.Onnx.Import;

/// <summary>A recurrent layer of a graph, and what stands below it.</summary>
/// <param name="Node">The operator.</param>
/// <param name="Below">The layer that it reads; null where it reads the input.</param>
/// <param name="Embedding">What the lowest layer reads instead of numbers.</param>
/// <param name="Time">The axis of its input that it walks along.</param>
/// <param name="Depth">The number of layers up to this one.</param>
internal sealed record GraphLayer(RecurrentNode Node, GraphLayer? Below, EmbeddingTable? Embedding, AxisKind Time, int Depth)
{
    /// <summary>More layers than any network has.</summary>
    private const int MostLayers = 500;

    public AxisKind Batch => Time == AxisKind.First ? AxisKind.Second : AxisKind.First;

    /// <summary>All directions of the layer.</summary>
    public IEnumerable<LayerPart> Parts => Enumerable.Range(0, Node.Directions).Select(direction => new LayerPart(this, direction));

    /// <summary>The layers, the lowest first.</summary>
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

    /// <summary>Reads a recurrent operator on top of what its first input is.</summary>
    public static GraphLayer Read(OnnxReader file, GraphNode node, RecurrentNode recurrent)
    {
        DataValue x = node.Data(0);
        node.ThrowIfNotSingle(x);
        GraphLayer? below = x.Kind == DataKind.Steps ? x.Parts[0].Layer : null;
        if (x.Kind is not (DataKind.Features or DataKind.Steps) || (below is not null && !x.Parts.SequenceEqual(below.Parts)))
            throw node.Refuse($"reads {x.Kind}; a recurrent layer reads the input of the graph, or all outputs of one layer step by step");
        if (x.Axes.Count != 3)
            throw node.Damaged($"reads a value with {x.Axes.Count} axes; expected time, batch and features");
        AxisKind time = below?.Time ?? (x.Axes[0].Is(AxisKind.First) ? AxisKind.First : AxisKind.Second);
        var layer = new GraphLayer(recurrent, below, x.Embedding, time, below?.Depth + 1 ?? 1);
        if (!x.Axes[0].Means([time]) || !x.Axes[1].Means([layer.Batch]) || !x.Axes[2].IsFeatures)
        {
            throw node.Refuse(below is null
                ? "reads axes of the input in another order than time, batch, features"
                : "reads another axis as its time than the layer below, or not all of its features");
        }
        if (x.Axes[2].Size is { IsKnown: true } features && features.Factor != recurrent.Inputs)
            throw node.Damaged($"reads {recurrent.Inputs} numbers a step; it is given {features.Factor}");
        return layer.Depth <= MostLayers ? layer : throw node.Refuse($"is layer {layer.Depth}; a network has at most {MostLayers}");
    }

    /// <summary>The values that the operator makes: the outputs of all steps, the last states, and the last cell states.</summary>
    public DataValue Output(int index, DataValue input)
    {
        Axis units = new(AxisKind.Features, new(Node.Units));
        Axis directions = Node.Directions == 1 ? Axis.Single : new(AxisKind.Directions, new(Node.Directions));
        return new(index switch { 0 => DataKind.Steps, 1 => DataKind.Last, _ => DataKind.Cells }, input.Type, index == 0
            ? [input.Axes[0], directions, input.Axes[1], units]
            : [directions, input.Axes[1], units])
        {
            Parts = [.. Parts],
        };
    }
}
