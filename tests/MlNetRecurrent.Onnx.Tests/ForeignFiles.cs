using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Files in the forms in which PyTorch's and Keras's exporters write recurrent networks, with weights at random.</summary>
internal static class ForeignFiles
{
    public const int Units = 6, Outputs = 3;

    public static IReadOnlyDictionary<string, ModelProto> All { get; } = new Dictionary<string, ModelProto>
    {
        ["PyTorch LSTM, last step"] = File(graph => Gemm(graph, LastStep(graph, Squeezed(graph, Lstm(graph))), Units)),
        ["PyTorch GRU, last step"] = File(graph => Gemm(graph, LastStep(graph, Squeezed(graph, Node(graph, "GRU", Input(graph)))), Units)),
        ["PyTorch RNN, last step"] = File(graph => Gemm(graph, LastStep(graph, Squeezed(graph, Node(graph, "RNN", Input(graph)))), Units)),
        ["PyTorch LSTM of two layers"] = File(graph =>
            Gemm(graph, LastStep(graph, Squeezed(graph, Node(graph, "LSTM", Squeezed(graph, Lstm(graph)), Units))), Units)),
        ["PyTorch GRU in both directions, both ends"] = File(graph =>
            Gemm(graph, BothEnds(graph, Node(graph, "GRU", Input(graph), directions: 2)), 2 * Units)),
        ["PyTorch LSTM, two layers in both directions"] = File(graph =>
        {
            string steps = Merged(graph, Node(graph, "LSTM", Input(graph), directions: 2));
            return Gemm(graph, BothEnds(graph, Node(graph, "LSTM", steps, 2 * Units, directions: 2)), 2 * Units);
        }),
        ["PyTorch LSTM of two layers, last of all ends"] = File(graph =>
        {
            Recurrent first = Lstm(graph), second = Node(graph, "LSTM", Squeezed(graph, first), Units);
            string ends = graph.Add("Concat", [first.Last, second.Last], Axis(0));
            return Gemm(graph, graph.Add("Gather", [ends, Scalar(graph, -1)], Axis(0)), Units);
        }),
        ["PyTorch GRU of two layers in both directions, last two of all ends"] = File(graph =>
        {
            Recurrent first = Node(graph, "GRU", Input(graph), directions: 2);
            Recurrent second = Node(graph, "GRU", Merged(graph, first), 2 * Units, directions: 2);
            string ends = graph.Add("Concat", [first.Last, second.Last], Axis(0));
            string[] lastTwo = [.. ((int[])[-2, -1]).Select(place => graph.Add("Gather", [ends, Scalar(graph, place)], Axis(0)))];
            return Gemm(graph, graph.Add("Concat", lastTwo, Axis(1)), 2 * Units);
        }),
        ["PyTorch GRU, batch second"] = File(graph =>
        {
            string x = graph.AddInput("x", OnnxType.Single, "time", "batch", SequenceRow.FeaturesOfAStep);
            return Gemm(graph, Ends(graph, Node(graph, "GRU", x)), Units);
        }),
        ["PyTorch LSTM, tagger"] = File(graph =>
        {
            string steps = graph.Add("Transpose", [Squeezed(graph, Lstm(graph))], Order(1, 0, 2));
            return graph.Add("Softmax", [Product(graph, steps, Units)], Axis(-1));
        }),
        ["PyTorch GRU with an embedding"] = File(graph => Gemm(graph, Ends(graph, Node(graph, "GRU", Embedded(graph), 4)), Units)),
        ["PyTorch LSTM, yes or no"] = File(graph => graph.Add("Sigmoid", [Gemm(graph, Ends(graph, Lstm(graph)), Units, 1)])),
        ["PyTorch LSTM, several labels"] = File(graph => graph.Add("Sigmoid", [Gemm(graph, Ends(graph, Lstm(graph)), Units)])),
        ["PyTorch LSTM, yes or no for each step"] = File(graph =>
        {
            string steps = graph.Add("Transpose", [Squeezed(graph, Lstm(graph))], Order(1, 0, 2));
            return graph.Add("Sigmoid", [Product(graph, steps, Units, 1)]);
        }),
        ["PyTorch GRU, a value for each step"] = File(graph =>
            Product(graph, graph.Add("Transpose", [Squeezed(graph, Node(graph, "GRU", Input(graph)))], Order(1, 0, 2)), Units, 1)),
        ["PyTorch GRU, a value"] = File(graph => Gemm(graph, Ends(graph, Node(graph, "GRU", Input(graph))), Units, 1)),
        ["Keras LSTM"] = File(graph => graph.Add("Softmax", [Product(graph, Ends(graph, Lstm(graph)), Units)], Axis(-1))),
        ["Keras GRU, reset after"] = File(graph =>
            graph.Add("Softmax", [Product(graph, Ends(graph, Node(graph, "GRU", Input(graph))), Units)], Axis(-1))),
        ["Keras GRU, reset before"] = File(graph =>
        {
            Recurrent node = Node(graph, "GRU", Input(graph), attributes: GraphBuilder.CreateInteger("linear_before_reset", 0));
            return graph.Add("Softmax", [Product(graph, Ends(graph, node), Units)], Axis(-1));
        }),
        ["Keras SimpleRNN, rectified"] = File(graph =>
        {
            Recurrent node = Node(graph, "RNN", Input(graph), attributes: GraphBuilder.CreateTexts("activations", "Relu"));
            return Product(graph, Ends(graph, node), Units);
        }),
        ["Keras LSTM in both directions"] = File(graph =>
        {
            string last = graph.Add("Transpose", [Node(graph, "LSTM", Input(graph), directions: 2).Last], Order(1, 0, 2));
            return Product(graph, graph.Add("Reshape", [last, graph.AddIntegers(0, -1)]), 2 * Units);
        }),
        ["Keras GRU, mean of the steps"] = File(graph =>
        {
            string steps = graph.Add("Transpose", [Squeezed(graph, Node(graph, "GRU", Input(graph)))], Order(1, 0, 2));
            AttributeProto[] attributes = [GraphBuilder.CreateIntegers("axes", 1), GraphBuilder.CreateInteger("keepdims", 0)];
            return Product(graph, graph.Add("ReduceMean", [steps], attributes), Units);
        }),
        ["Keras LSTM, largest of the steps"] = File(graph =>
        {
            string steps = Merged(graph, Node(graph, "LSTM", Input(graph), directions: 2));
            return Product(graph, OverSteps(graph, "ReduceMax", steps), 2 * Units);
        }),
        ["PyTorch GRU, last, mean and largest"] = File(graph =>
            Gemm(graph, Pooled(graph, Node(graph, "GRU", Input(graph)), "ReduceMean", "ReduceMax"), 3 * Units)),
        ["PyTorch LSTM in both directions, last, mean and largest"] = File(graph =>
        {
            Recurrent node = Node(graph, "LSTM", Input(graph), directions: 2);
            string steps = Merged(graph, node);
            string[] parts = [BothEnds(graph, node), OverSteps(graph, "ReduceMean", steps), OverSteps(graph, "ReduceMax", steps)];
            return Gemm(graph, graph.Add("Concat", parts, Axis(-1)), 6 * Units);
        }),
        ["Keras LSTM, last step by a slice"] = File(graph =>
        {
            string[] inputs = [Squeezed(graph, Lstm(graph)), graph.AddIntegers(-1), graph.AddIntegers(long.MaxValue), graph.AddIntegers(0)];
            return Product(graph, graph.Add("Squeeze", [graph.Add("Slice", inputs), graph.AddIntegers(0)]), Units);
        }),
        ["Keras LSTM, last step by a slice of all axes"] = File(graph =>
        {
            string steps = graph.Add("Transpose", [Squeezed(graph, Lstm(graph))], Order(1, 0, 2)), starts = graph.AddIntegers(0, -1, 0);
            string ends = graph.AddIntegers(long.MaxValue, long.MaxValue, long.MaxValue);
            string axes = graph.AddIntegers(0, 1, 2), strides = graph.AddIntegers(1, 1, 1);
            string last = graph.Add("Slice", [steps, starts, ends, axes, strides]);
            return Product(graph, graph.Add("Squeeze", [last, graph.AddIntegers(1)]), Units);
        }),
        ["Keras GRU with an embedding of numbers"] = File(graph =>
            Gemm(graph, Ends(graph, Node(graph, "GRU", Embedded(graph, isCast: true), 4)), Units)),
        ["mixed cells, initial states of zero"] = File(graph =>
        {
            string lstm = Squeezed(graph, Node(graph, "LSTM", Input(graph), zeroStates: true));
            string gru = Merged(graph, Node(graph, "GRU", lstm, Units, directions: 2));
            return Gemm(graph, Ends(graph, Node(graph, "RNN", gru, 2 * Units)), Units);
        }),
        ["no biases"] = File(graph =>
            graph.Add("MatMul", [Ends(graph, Node(graph, "LSTM", Input(graph), hasBias: false)), Weights(graph, Units, Outputs)])),
    };

    public sealed record Recurrent(string Steps, string Last);

    /// <summary>A file whose only output is what the function makes.</summary>
    public static ModelProto File(Func<GraphBuilder, string> make)
    {
        var graph = new GraphBuilder("foreign");
        string output = make(graph);
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "end", Input = { output }, Output = { "output" } });
        var type = new TypeProto { TensorType = new() { ElemType = (int)OnnxType.Single } };
        graph.Graph.Output.Add(new ValueInfoProto { Name = "output", Type = type });
        return new() { IrVersion = 8, Graph = graph.Graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }

    /// <summary>An LSTM that does what ours does not.</summary>
    public static ModelProto With(Action<NodeProto, GraphBuilder> change) => File(graph =>
    {
        string end = Gemm(graph, Ends(graph, Lstm(graph)), Units);
        change(graph.Graph.Node.Single(node => node.OpType == "LSTM"), graph);
        return end;
    });

    /// <summary>The input, batch first, as the operators want it.</summary>
    public static string Input(GraphBuilder graph) =>
        graph.Add("Transpose",
            [graph.AddInput("x", OnnxType.Single, "batch", "time", SequenceRow.FeaturesOfAStep)], Order(1, 0, 2));

    public static AttributeProto Axis(long axis) => GraphBuilder.CreateInteger("axis", axis);

    public static AttributeProto Order(params long[] order) => GraphBuilder.CreateIntegers("perm", order);

    public static string Embedded(GraphBuilder graph, bool isCast = false)
    {
        string tokens = graph.AddInput("x", isCast ? OnnxType.Single : OnnxType.Int64, "batch", "time");
        if (isCast)
            tokens = graph.Add("Cast", [tokens], GraphBuilder.CreateInteger("to", (int)OnnxType.Int32));
        return graph.Add("Transpose", [graph.Add("Gather", [Weights(graph, SequenceRow.KeyCount + 1, 4), tokens])], Order(1, 0, 2));
    }

    public static Recurrent Node(
        GraphBuilder graph, string operation, string x,
        int inputs = SequenceRow.FeaturesOfAStep, int directions = 1,
        bool zeroStates = false, bool hasBias = true, params AttributeProto[] attributes)
    {
        int gates = operation switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        string w = Weights(graph, directions, gates * Units, inputs), r = Weights(graph, directions, gates * Units, Units);
        List<string> names = [x, w, r, hasBias ? Weights(graph, directions, 2 * gates * Units) : ""];
        if (zeroStates)
            names.AddRange(["", graph.AddWeights("zero", new float[directions * Units], directions, 1, Units)]);
        AttributeProto[] all =
        [
            GraphBuilder.CreateInteger("hidden_size", Units),
            GraphBuilder.CreateText("direction", directions == 2 ? "bidirectional" : "forward"),
            .. operation == "GRU" && attributes.Length == 0 ? [GraphBuilder.CreateInteger("linear_before_reset", 1)] : attributes,
        ];
        string[] outputs = graph.AddMany(operation, [.. names], 2, all);
        return new(outputs[0], outputs[1]);
    }

    /// <summary>An LSTM in one direction on the input.</summary>
    public static Recurrent Lstm(GraphBuilder graph) => Node(graph, "LSTM", Input(graph));

    public static string Squeezed(GraphBuilder graph, Recurrent node) => graph.Add("Squeeze", [node.Steps, graph.AddIntegers(1)]);

    public static string Ends(GraphBuilder graph, Recurrent node) => graph.Add("Squeeze", [node.Last, graph.AddIntegers(0)]);

    public static string Merged(GraphBuilder graph, Recurrent node) =>
        graph.Add("Reshape", [graph.Add("Transpose", [node.Steps], Order(0, 2, 1, 3)), graph.AddIntegers(0, 0, -1)]);

    public static string BothEnds(GraphBuilder graph, Recurrent node) => graph.Add(
        "Concat", [.. ((int[])[0, 1]).Select(direction => graph.Add("Gather", [node.Last, Scalar(graph, direction)], Axis(0)))], Axis(1));

    /// <summary>The last state beside what operators make of the steps.</summary>
    public static string Pooled(GraphBuilder graph, Recurrent node, params IEnumerable<string> operations)
    {
        string steps = Squeezed(graph, node);
        string[] parts = [Ends(graph, node), .. operations.Select(operation => OverSteps(graph, operation, steps))];
        return graph.Add("Concat", parts, Axis(1));
    }

    public static string OverSteps(GraphBuilder graph, string operation, string steps) =>
        graph.Add(operation, [steps], GraphBuilder.CreateIntegers("axes", 0), GraphBuilder.CreateInteger("keepdims", 0));

    public static string LastStep(GraphBuilder graph, string steps) =>
        graph.Add("Gather", [graph.Add("Transpose", [steps], Order(1, 0, 2)), Scalar(graph, -1)], Axis(1));

    /// <summary>An index, as PyTorch writes it: a node that is a constant.</summary>
    public static string Scalar(GraphBuilder graph, long value)
    {
        byte[] bytes = BitConverter.GetBytes(value);
        var tensor = new TensorProto { DataType = (int)OnnxType.Int64, RawData = Google.Protobuf.ByteString.CopyFrom(bytes) };
        return graph.Add("Constant", [], new AttributeProto { Name = "value", T = tensor, Type = 4 });
    }

    public static string Gemm(GraphBuilder graph, string x, int units, int outputs = Outputs) =>
        graph.Add("Gemm", [x, Weights(graph, outputs, units), Weights(graph, outputs)], GraphBuilder.CreateInteger("transB", 1));

    public static string Product(GraphBuilder graph, string x, int units, int outputs = Outputs) =>
        graph.Add("Add", [graph.Add("MatMul", [x, Weights(graph, units, outputs)]), Weights(graph, outputs)]);

    public static string Weights(GraphBuilder graph, params long[] dimensions)
    {
        var random = new Random(graph.Graph.Initializer.Count);
        int count = (int)dimensions.Aggregate((product, dimension) => product * dimension);
        return graph.AddWeights("weights", [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)], dimensions);
    }
}
