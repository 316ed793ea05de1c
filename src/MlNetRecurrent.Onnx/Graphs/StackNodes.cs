using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>
/// A layer with stacks (Joulin and Mikolov 2015) as an ONNX Scan over the steps, whose state is h [batch, units] and the stacks [batch, stacks, elements], the top first. A sequence that is over keeps its state.
/// </summary>
internal static class StackNodes
{
    /// <summary>What an empty stack reads.</summary>
    private const float Empty = -1;

    public static SequenceValue Add(GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights, SequenceValue x)
    {
        if (!layer.Bidirectional)
            return AddOneWay(graph, layer, $"{name}.", weights, x);
        SequenceValue forward = AddOneWay(graph, layer, $"{name}.forward.", weights, x);
        SequenceValue backward = AddOneWay(graph, layer, $"{name}.backward.", weights, x with { Steps = Reversed(graph, x.Steps, x.Lengths) });
        return x with
        {
            Steps = graph.Add("Concat", [forward.Steps, Reversed(graph, backward.Steps, x.Lengths)], GraphBuilder.Integer("axis", 2)),
            Features = 2 * layer.Size,
            Last = graph.Add("Concat", [forward.Last, backward.Last], GraphBuilder.Integer("axis", 1)),
        };
    }

    private static string Reversed(GraphBuilder graph, string steps, string lengths) =>
        graph.Add("ReverseSequence", [steps, graph.Add("Cast", [lengths], GraphBuilder.Integer("to", (int)OnnxType.Int64))], GraphBuilder.Integer("batch_axis", 1), GraphBuilder.Integer("time_axis", 0));

    private static SequenceValue AddOneWay(GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights, SequenceValue x)
    {
        StackShape stacks = layer.Stacks;
        int units = layer.Size, count = stacks.NumberOfStacks;
        // The input product of all steps at once, and whether each step is one of its sequence [time, batch, 1].
        string input = graph.Add("MatMul", [x.Steps, Transposed(graph, name + "weight_ih", weights.Of(name + "weight_ih"), units, x.Features)]);
        string runs = Masks.Of(graph, x.Steps, x.Lengths, time: 0);
        string batch = Shapes.Dimension(graph, x.Steps, 1);
        string h = Filled(graph, 0, batch, graph.Integers(units)), memory = Filled(graph, Empty, batch, graph.Integers(count, stacks.StackSize));
        string[] outputs = graph.AddMany("Scan", [h, memory, input, runs], 3, GraphBuilder.Integer("num_scan_inputs", 2), GraphBuilder.Body("body", Body(graph, layer, name, weights)));
        return x with { Steps = outputs[2], Features = units, Last = outputs[0] };
    }

    /// <summary>A step: from h and the stacks before it to those after it, and its output.</summary>
    private static GraphProto Body(GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights)
    {
        StackShape stacks = layer.Stacks;
        int units = layer.Size, count = stacks.NumberOfStacks, actions = stacks.NumberOfActions;
        var body = new GraphBuilder(name + "step", graph);
        string before = body.Input(name + "h", OnnxType.Single, "batch", units), memory = body.Input(name + "stacks", OnnxType.Single, "batch", count, stacks.StackSize);
        string input = body.Input(name + "x", OnnxType.Single, "batch", units), runs = body.Input(name + "runs", OnnxType.Boolean, "batch", 1);

        // h = σ(U x + R h + P s + b)
        string sum = body.Add("Add", [input, body.Add("MatMul", [Tops(body, stacks, memory), Transposed(body, name + "weight_sh", weights.Of(name + "weight_sh"), units, stacks.Depth * count)])]);
        if (stacks.HasRecurrentWeights)
            sum = body.Add("Add", [sum, body.Add("MatMul", [before, Transposed(body, name + "weight_hh", weights.Of(name + "weight_hh"), units, units)])]);
        string h = body.Add("Sigmoid", [WithBias(body, weights, name + "bias", sum, units)]);

        // a = softmax(A h), one a stack [batch, actions, stacks], and v = σ(D h) [batch, stacks, 1]
        string decisions = WithBias(body, weights, name + "bias_sa", body.Add("MatMul", [h, Transposed(body, name + "weight_sa", weights.Of(name + "weight_sa"), actions * count, units)]), actions * count);
        string a = body.Add("Softmax", [body.Add("Reshape", [decisions, body.Integers(0, actions, count)])], GraphBuilder.Integer("axis", 1));
        if (stacks.RoundsActions)
            a = Rounded(body, a, actions);
        string pushed = WithBias(body, weights, name + "bias_sv", body.Add("MatMul", [h, Transposed(body, name + "weight_sv", weights.Of(name + "weight_sv"), count, units)]), count);
        string v = body.Add("Unsqueeze", [body.Add("Sigmoid", [pushed]), body.Integers(2)]);

        string updated = Updated(body, stacks, memory, a, v);
        string after = body.Add("Where", [runs, h, before]);
        body.Output(name + "h_after", after, OnnxType.Single, "batch", units);
        body.Output(name + "stacks_after", body.Add("Where", [body.Add("Unsqueeze", [runs, body.Integers(2)]), updated, memory]), OnnxType.Single, "batch", count, stacks.StackSize);
        body.Output(name + "y", body.Add("Where", [runs, h, body.Add("Mul", [h, body.Constant(0)])]), OnnxType.Single, "batch", units);
        return body.Graph;
    }

    /// <summary>The top elements of all stacks, one depth after the other [batch, depth · stacks]; below the last element stands an empty one.</summary>
    private static string Tops(GraphBuilder body, StackShape stacks, string memory)
    {
        string padded = stacks.Depth <= stacks.StackSize ? memory : body.Add("Pad", [memory, body.Integers(0, 0, 0, 0, 0, stacks.Depth - stacks.StackSize), body.Constant(Empty)]);
        string tops = body.Add("Slice", [padded, body.Integers(0), body.Integers(stacks.Depth), body.Integers(2)]);
        return body.Add("Reshape", [body.Add("Transpose", [tops], GraphBuilder.Integers("perm", 0, 2, 1)), body.Integers(0, stacks.Depth * stacks.NumberOfStacks)]);
    }

    /// <summary>s[i] = a[PUSH] s⁻[i - 1] + a[POP] s⁻[i + 1] + a[NOOP] s⁻[i], where s⁻[-1] is v, and what is below the last element is empty.</summary>
    private static string Updated(GraphBuilder body, StackShape stacks, string memory, string a, string v)
    {
        string above = body.Add("Concat", [v, body.Add("Slice", [memory, body.Integers(0), body.Integers(-1), body.Integers(2)])], GraphBuilder.Integer("axis", 2));
        string below = body.Add("Slice", [body.Add("Pad", [memory, body.Integers(0, 0, 0, 0, 0, 1), body.Constant(Empty)]), body.Integers(1), body.Integers(stacks.StackSize + 1), body.Integers(2)]);
        string updated = body.Add("Add", [body.Add("Mul", [Action(body, a, 0), above]), body.Add("Mul", [Action(body, a, 1), below])]);
        return stacks.HasNoOp ? body.Add("Add", [updated, body.Add("Mul", [Action(body, a, 2), memory])]) : updated;
    }

    /// <summary>An action of every stack [batch, stacks, 1].</summary>
    private static string Action(GraphBuilder body, string a, int action) =>
        body.Add("Unsqueeze", [body.Add("Squeeze", [body.Add("Slice", [a, body.Integers(action), body.Integers(action + 1), body.Integers(1)]), body.Integers(1)]), body.Integers(2)]);

    /// <summary>1 for the likeliest action, of equals the first.</summary>
    private static string Rounded(GraphBuilder body, string a, int actions)
    {
        string likeliest = body.Add("ArgMax", [a], GraphBuilder.Integer("axis", 1), GraphBuilder.Integer("keepdims", 0));
        return body.Add("OneHot", [likeliest, body.Integers(actions), body.Weights("off_on", [0, 1], 2)], GraphBuilder.Integer("axis", 1));
    }

    private static string WithBias(GraphBuilder graph, WeightReader weights, string name, string value, int count) =>
        weights.Has(name) ? graph.Add("Add", [value, graph.Named(name, weights.Of(name), count)]) : value;

    private static string Filled(GraphBuilder graph, float value, string batch, string rest) =>
        graph.Add("Expand", [graph.Constant(value), graph.Add("Concat", [batch, rest], GraphBuilder.Integer("axis", 0))]);

    /// <summary>Weights [rows, columns] as [columns, rows].</summary>
    public static string Transposed(GraphBuilder graph, string name, float[] weights, int rows, int columns)
    {
        float[] transposed = [.. Enumerable.Range(0, rows * columns).Select(i => weights[i % rows * columns + i / rows])];
        return graph.Named(name, transposed, columns, rows);
    }
}
