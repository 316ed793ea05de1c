namespace MlNetRecurrent.Onnx.Layers;

/// <summary>A cell that ONNX has a recurrent operator for: LSTM, GRU or RNN.</summary>
internal abstract class OperatorFormat : LayerFormat
{
    /// <summary>The name of the operator.</summary>
    public abstract string Operation { get; }

    /// <summary>The number of gates in ONNX's weights.</summary>
    public abstract int Gates { get; }

    /// <summary>The activations of one direction, in ONNX's order.</summary>
    public abstract IReadOnlyList<string> Activations { get; }

    /// <summary>Whether a node of a file is of this cell rather than of another cell with the same operator.</summary>
    public virtual bool Matches(NodeProto node) => node.OpType == Operation;

    /// <summary>Creates the definition of a layer in one direction.</summary>
    public abstract LayerDefinition CreateDefinition(int units);

    /// <summary>Arranges the weights of a direction as ONNX has them.</summary>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="units">The number of units.</param>
    public abstract OperatorWeights ExportWeights(WeightReader weights, string name, int units);

    /// <summary>Arranges the weights of a direction as the engine has them.</summary>
    /// <param name="weights">The weights of the network, which are written.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="from">The weights of the operator.</param>
    public abstract void ImportWeights(WeightWriter weights, string name, int units, OperatorWeights from);

    public sealed override SequenceValue Export(
        GraphBuilder graph, LayerDefinition layer, string name, WeightReader weights, SequenceValue x)
    {
        string[] directions = WeightNames.ListDirections(name, layer.Bidirectional);
        int units = layer.Size, width = directions.Length * units;
        OperatorWeights[] parts = Array.ConvertAll(directions, direction => ExportWeights(weights, direction, units));
        AttributeProto[] direction = layer.Bidirectional ? [GraphBuilder.CreateText("direction", "bidirectional")] : [];
        string[] outputs = graph.AddMany(
            Operation,
            [
                x.Steps,
                graph.AddNamedWeights($"{name}.W", [.. parts.SelectMany(part => part.W)], directions.Length, Gates * units, x.Features),
                graph.AddNamedWeights($"{name}.R", [.. parts.SelectMany(part => part.R)], directions.Length, Gates * units, units),
                graph.AddNamedWeights(
                    $"{name}.B", [.. parts.SelectMany(part => part.Wb.Concat(part.Rb))], directions.Length, 2 * Gates * units),
                x.Lengths,
            ],
            outputs: 2,
            [GraphBuilder.CreateInteger("hidden_size", units), .. direction, .. ListAttributes(directions.Length)]);
        string steps = graph.Reshape(graph.Transpose(outputs[0], 0, 2, 1, 3), 0, 0, width);
        string last = graph.Reshape(graph.Transpose(outputs[1], 1, 0, 2), 0, width);
        return x with { Steps = steps, Features = width, Last = last };
    }

    public sealed override void Verify(OnnxReader file, LayerDefinition layer, string name) => FindNode(file, layer, name);

    public sealed override void Import(OnnxReader file, LayerDefinition layer, string name, WeightWriter weights) =>
        FindNode(file, layer, name).WriteTo(weights, name);

    /// <summary>The attributes beside the size and the direction.</summary>
    /// <param name="directions">The number of directions.</param>
    protected virtual AttributeProto[] ListAttributes(int directions) => [];

    private static RecurrentNode FindNode(OnnxReader file, LayerDefinition layer, string name)
    {
        string weights = $"{name}.W";
        NodeProto node = file.File.Graph.Node
            .FirstOrDefault(node => RecurrentNode.IsRecurrent(node) && node.Input.Count > 1 && node.Input[1] == weights)
            ?? throw new InvalidDataException($"The file is damaged: no node reads '{weights}'.");
        var read = RecurrentNode.Read(file, node, isOurs: true);
        return read.Layer == layer with { Dropout = 0, TimeReduction = 1 }
            ? read
            : throw new InvalidDataException(
                $"The file is damaged: {node.OpType} '{node.Name}' is not the layer that it is described to be.");
    }
}
