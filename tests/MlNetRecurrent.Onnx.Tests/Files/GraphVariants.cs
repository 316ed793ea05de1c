using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;
using static MlNetRecurrent.Onnx.Tests.ForeignFiles;

namespace MlNetRecurrent.Onnx.Tests.Files;

/// <summary>Graphs that say in another way what networks of this library do: each is read, and scores as in OnnxRuntime.</summary>
internal static class GraphVariants
{
    public static IReadOnlyDictionary<string, ModelProto> All { get; } = new Dictionary<string, ModelProto>
    {
        ["the last step with its axis, Softmax over the third"] = File(graph =>
            graph.Add("Softmax", [Product(graph, KeptLastStep(graph), Units)], Axis(2))),
        ["the last step with its axis, taken away behind the head"] = File(graph =>
            graph.Add("Squeeze", [Product(graph, KeptLastStep(graph), Units), graph.AddIntegers(0)])),
        ["one output without its axis"] = File(graph =>
            graph.Add("Squeeze", [Gemm(graph, Ends(graph, Lstm(graph)), Units, 1), graph.AddIntegers(-1)])),
        ["the last place of a known number of steps"] = File(graph =>
            Gemm(graph, graph.Add("Gather", [Squeezed(graph, Node(graph, "LSTM", Fixed(graph, 5))), Scalar(graph, 4)], Axis(0)), Units)),
        ["Flatten"] = File(graph =>
        {
            string last = graph.Add("Transpose", [Node(graph, "GRU", Input(graph), directions: 2).Last], Order(1, 0, 2));
            return Gemm(graph, graph.Add("Flatten", [last], Axis(1)), 2 * Units);
        }),
        ["Flatten at another axis"] = File(graph => Gemm(graph, graph.Add("Flatten", [Lstm(graph).Last], Axis(2)), Units)),
        ["a shape that is computed"] = File(graph =>
        {
            string last = graph.Add("Transpose", [Node(graph, "GRU", Input(graph), directions: 2).Last], Order(1, 0, 2));
            string batch = graph.Add(
                "Unsqueeze", [graph.Add("Gather", [graph.Add("Shape", [last]), Scalar(graph, 0)], Axis(0)), graph.AddIntegers(0)]);
            return Gemm(graph, graph.Add("Reshape", [last, graph.Add("Concat", [batch, graph.AddIntegers(-1)], Axis(0))]), 2 * Units);
        }),
        ["a shape that is cut and multiplied"] = File(graph =>
        {
            string last = graph.Add("Transpose", [Node(graph, "GRU", Input(graph), directions: 2).Last], Order(1, 0, 2));
            string shape = graph.Add("Cast", [graph.Add("Shape", [last])], To(7));
            string batch = graph.Add("Slice", [shape, graph.AddIntegers(0), graph.AddIntegers(1), graph.AddIntegers(0)]);
            string second = graph.Add("Slice", [shape, graph.AddIntegers(1), graph.AddIntegers(2), graph.AddIntegers(0)]);
            string third = graph.Add("Slice", [shape, graph.AddIntegers(-1), graph.AddIntegers(long.MaxValue), graph.AddIntegers(0)]);
            string width = graph.Add("Mul", [second, third]);
            return Gemm(graph, graph.Add("Reshape", [last, graph.Add("Concat", [batch, width], Axis(0))]), 2 * Units);
        }),
        ["a shape of a single sequence"] = File(graph =>
            Gemm(graph, graph.Add("Reshape", [Lstm(graph).Last, graph.AddIntegers(1, Units)]), Units)),
        ["a tagger whose steps stand in one axis"] = File(graph =>
        {
            string steps = graph.Add("Reshape", [Batch(graph, Lstm(graph)), graph.AddIntegers(-1, Units)]);
            return graph.Add("Softmax", [Product(graph, steps, Units)], Axis(-1));
        }),
        ["a tagger whose steps stand in one axis and in two again"] = File(graph =>
        {
            string steps = Batch(graph, Lstm(graph)), shape = graph.Add("Shape", [steps]);
            string logits = Product(graph, graph.Add("Reshape", [steps, graph.AddIntegers(-1, Units)]), Units);
            string firstTwo = graph.Add("Slice", [shape, graph.AddIntegers(0), graph.AddIntegers(2), graph.AddIntegers(0)]);
            string apart = graph.Add("Concat", [firstTwo, graph.AddIntegers(3)], Axis(0));
            return graph.Add("Softmax", [graph.Add("Reshape", [logits, apart])], Axis(2));
        }),
        ["an index that keeps its axis"] = File(graph =>
        {
            string last = graph.Add("Gather", [Squeezed(graph, Lstm(graph)), graph.AddIntegers(-1)], Axis(0));
            return Gemm(graph, graph.Add("Squeeze", [last, graph.AddIntegers(0)]), Units);
        }),
        ["both directions by one index of two places"] = File(graph =>
        {
            string last = Node(graph, "GRU", Input(graph), directions: 2).Last;
            string ends = graph.Add("Transpose", [graph.Add("Gather", [last, graph.AddIntegers(0, -1)], Axis(0))], Order(1, 0, 2));
            return Gemm(graph, graph.Add("Reshape", [ends, graph.AddIntegers(0, -1)]), 2 * Units);
        }),
        ["the last of all ends by its place from the start"] = File(graph =>
        {
            Recurrent first = Lstm(graph), second = Node(graph, "LSTM", Squeezed(graph, first), Units);
            string ends = graph.Add("Concat", [first.Last, second.Last], Axis(0));
            return Gemm(graph, graph.Add("Gather", [ends, Scalar(graph, 1)], Axis(0)), Units);
        }),
        ["the first of all ends, with a layer above it that nothing reads"] = File(graph =>
        {
            Recurrent first = Lstm(graph), second = Node(graph, "LSTM", Squeezed(graph, first), Units);
            string ends = graph.Add("Concat", [first.Last, second.Last], Axis(0));
            return Gemm(graph, graph.Add("Gather", [ends, Scalar(graph, -2)], Axis(0)), Units);
        }),
        ["steps of both directions, apart and put together"] = File(graph =>
        {
            string steps = Node(graph, "LSTM", Input(graph), directions: 2).Steps;
            string[] parts = [.. ((int[])[0, 1]).Select(direction => graph.Add("Gather", [steps, Scalar(graph, direction)], Axis(1)))];
            return Gemm(graph, OverSteps(graph, "ReduceMax", graph.Add("Concat", parts, Axis(-1))), 2 * Units);
        }),
        ["the mean with its axis"] = File(graph =>
        {
            string steps = Squeezed(graph, Node(graph, "GRU", Input(graph)));
            return Product(graph, graph.Add("ReduceMean", [steps], GraphBuilder.CreateIntegers("axes", -3)), Units);
        }),
        ["numbers that are doubles for a while"] = File(graph =>
            Gemm(graph, Cast(graph, Cast(graph, Ends(graph, Lstm(graph)), OnnxType.Double), OnnxType.Single), Units)),
        ["Dropout of a network that is no longer trained"] = File(graph =>
            Gemm(graph, graph.Add("Dropout", [Ends(graph, Lstm(graph)), graph.AddConstant(0.5f), No(graph)]), Units)),
        ["a bias before the product"] = File(graph =>
            graph.Add("Add", [Weights(graph, 1, 3), graph.Add("MatMul", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)])])),
        ["a bias of a row"] = File(graph => graph.Add("Gemm", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3), Weights(graph, 1, 3)])),
        ["axes of size 1 that come and go"] = File(graph =>
        {
            string wide = graph.Add("Unsqueeze", [Ends(graph, Lstm(graph)), graph.AddIntegers(0, 2)]);
            return Gemm(graph, graph.Add("Squeeze", [wide, graph.AddIntegers(-2, 0)]), Units);
        }),
        ["a slice that takes all, and one of the last step"] = File(graph =>
        {
            string steps = Squeezed(graph, Lstm(graph)), starts = graph.AddIntegers(-1, 0);
            string ends = graph.AddIntegers(int.MaxValue, long.MaxValue), axes = graph.AddIntegers(0, 2);
            string last = graph.Add("Slice", [steps, starts, ends, axes]);
            return Gemm(graph, graph.Add("Squeeze", [last, graph.AddIntegers(0)]), Units);
        }),
        ["one unit in both directions"] = File(graph =>
        {
            string[] inputs = [Input(graph), Weights(graph, 2, 3, 3), Weights(graph, 2, 3, 1), Weights(graph, 2, 6)];
            string[] outputs = graph.AddMany(
                "GRU", inputs, 2, GraphBuilder.CreateInteger("hidden_size", 1), GraphBuilder.CreateText("direction", "bidirectional"));
            return Gemm(graph, graph.Add("Reshape", [graph.Add("Transpose", [outputs[1]], Order(1, 0, 2)), graph.AddIntegers(0, -1)]), 2);
        }),
        ["a constant of another spelling"] = File(graph =>
        {
            string axes = graph.Add("Constant", [], GraphBuilder.CreateIntegers("value_ints", 0));
            return Gemm(graph, graph.Add("Squeeze", [Lstm(graph).Last, axes]), Units);
        }),
        ["zero states of a computed shape"] = File(graph =>
        {
            string x = Input(graph), batch = graph.Add("Gather", [graph.Add("Shape", [x]), graph.AddIntegers(1)], Axis(0));
            string shape = graph.Add("Concat", [graph.AddIntegers(1), batch, graph.AddIntegers(Units)], Axis(0));
            string zero = graph.Add("ConstantOfShape", [shape]);
            string w = Weights(graph, 1, 4 * Units, 3), r = Weights(graph, 1, 4 * Units, Units);
            string[] inputs = [x, w, r, "", "", zero, graph.Add("Expand", [graph.AddConstant(0), shape])];
            string[] outputs = graph.AddMany("LSTM", inputs, 2, GraphBuilder.CreateInteger("hidden_size", Units));
            return Gemm(graph, graph.Add("Squeeze", [outputs[1], graph.AddIntegers(0)]), Units);
        }),
    };

    public static AttributeProto To(long type) => GraphBuilder.CreateInteger("to", type);

    public static string Cast(GraphBuilder graph, string x, OnnxType type) => graph.Add("Cast", [x], To((long)type));

    /// <summary>The steps, batch first.</summary>
    public static string Batch(GraphBuilder graph, Recurrent node) => graph.Add("Transpose", [Squeezed(graph, node)], Order(1, 0, 2));

    /// <summary>An input of a known number of steps.</summary>
    public static string Fixed(GraphBuilder graph, int steps) =>
        graph.Add("Transpose", [graph.AddInput("x", OnnxType.Single, "batch", steps, SequenceRow.FeaturesOfAStep)], Order(1, 0, 2));

    /// <summary>A truth value that is no.</summary>
    public static string No(GraphBuilder graph)
    {
        graph.Graph.Initializer.Add(new TensorProto { Name = "no", DataType = (int)OnnxType.Boolean, Int32Data = { 0 } });
        return "no";
    }

    private static string KeptLastStep(GraphBuilder graph) =>
        graph.Add("Slice", [Squeezed(graph, Lstm(graph)), graph.AddIntegers(-1), graph.AddIntegers(long.MaxValue), graph.AddIntegers(0)]);
}
