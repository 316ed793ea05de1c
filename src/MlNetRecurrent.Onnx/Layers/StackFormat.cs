using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Onnx.Layers;

/// <summary>
/// A layer with stacks (Joulin and Mikolov 2015) as an ONNX Scan over the steps. Its state is h [batch, units] and the stacks
/// [batch, stacks, elements], top first. After the end of a sequence the state is kept.
/// </summary>
internal sealed class StackFormat : LayerFormat
{
    public override Type Definition => typeof(StackLayerDefinition);

    public override SequenceValue Export(
        GraphBuilder graph, LayerDefinition layer, string name, WeightReader weights, SequenceValue x) =>
        BidirectionalNodes.Add(
            graph, layer.Bidirectional, name, x, (of, input) => AddScan(graph, (StackLayerDefinition)layer, of, weights, input));

    public override void Verify(OnnxReader file, LayerDefinition layer, string name)
    {
        StackShape stacks = ((StackLayerDefinition)layer).Stacks;
        string of = WeightNames.ListDirections(name, layer.Bidirectional)[0];
        bool fits = file.ReadDimensions(of + "weight_sv").SequenceEqual([layer.Size, stacks.NumberOfStacks])
            && file.ReadDimensions(of + "weight_sh").SequenceEqual([stacks.Depth * stacks.NumberOfStacks, layer.Size]);
        if (!fits)
        {
            throw new InvalidDataException(
                $"The file is damaged: layer {name[(name.LastIndexOf('.') + 1)..]} is described to have {layer.Size} units and " +
                $"{stacks.NumberOfStacks} stacks, and its weights have not.");
        }
    }

    public override void Import(OnnxReader file, LayerDefinition layer, string name, WeightWriter weights)
    {
        StackShape stacks = ((StackLayerDefinition)layer).Stacks;
        string[] recurrent = stacks.HasRecurrentWeights ? ["weight_hh"] : [];
        string[] biases = stacks.HasBias ? ["bias", "bias_sa", "bias_sv"] : [];
        foreach (string of in WeightNames.ListDirections(name, layer.Bidirectional))
        {
            foreach (string matrix in (string[])["weight_ih", "weight_sh", "weight_sa", "weight_sv", .. recurrent])
            {
                (int rows, int columns) = weights.GetSize(of + matrix);
                weights.Write(of + matrix, WeightMatrix.Transpose(file.ReadMatrix(of + matrix, columns, rows), rows));
            }
            foreach (string bias in biases)
                weights.Write(of + bias, file.ReadNumbers(of + bias).Values);
        }
    }

    private static SequenceValue AddScan(
        GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights, SequenceValue x)
    {
        StackShape stacks = layer.Stacks;
        // The input product of all steps at once, and the mask [time, batch, 1].
        string input = LinearNodes.Multiply(graph, weights, x.Steps, name + "weight_ih");
        string mask = Masks.Add(graph, x.Steps, x.Lengths);
        string batch = Shapes.AddDimension(graph, x.Steps, 1);
        string h = Fill(graph, 0, batch, layer.Size);
        string memory = Fill(graph, StackStep.Empty, batch, stacks.NumberOfStacks, stacks.StackSize);
        string[] outputs = graph.AddMany(
            "Scan",
            [h, memory, input, mask],
            outputs: 3,
            GraphBuilder.CreateInteger("num_scan_inputs", 2),
            GraphBuilder.CreateBody("body", StackStep.Build(graph, layer, name, weights)));
        return x with { Steps = outputs[2], Features = layer.Size, Last = outputs[0] };
    }

    /// <summary>Adds a value [batch, sizes] with the same number everywhere.</summary>
    private static string Fill(GraphBuilder graph, float value, string batch, params long[] sizes)
    {
        string shape = graph.AddIntegers(sizes), number = graph.AddConstant(value);
        return graph.Add("Expand", [number, Shapes.Add(graph, batch, shape)]);
    }
}
