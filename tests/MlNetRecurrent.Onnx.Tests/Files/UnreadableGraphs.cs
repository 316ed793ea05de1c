using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;
using static MlNetRecurrent.Onnx.Tests.Files.GraphVariants;
using static MlNetRecurrent.Onnx.Tests.ForeignFiles;

namespace MlNetRecurrent.Onnx.Tests.Files;

/// <summary>
/// Graphs that this library cannot read, since they compute something else or cannot be computed, and the text of the error message.
/// </summary>
internal static class UnreadableGraphs
{
    public static IReadOnlyDictionary<string, (ModelProto File, string Message)> All { get; } = new Dictionary<string, (ModelProto, string)>
    {
        // What leads from the input to the layers.
        ["a Cast to integers and back before the layer"] = (File(graph =>
            OnLstm(graph, Cast(graph, Cast(graph, Input(graph), OnnxType.Int32), OnnxType.Single))),
            "Cast '/Cast_2' makes Int32 of numbers, which rounds them"),
        ["a Cast to half precision and back"] = (File(graph =>
            OnLstm(graph, Cast(graph, Cast(graph, Input(graph), OnnxType.Half), OnnxType.Single))),
            "Cast '/Cast_2' makes Half of numbers, which changes them"),
        ["a Cast of logits"] = (File(graph =>
            Cast(graph, Cast(graph, OnLstm(graph, Input(graph)), OnnxType.Int64), OnnxType.Single)), "makes Int64 of numbers"),
        ["tokens through bytes"] = (File(graph =>
        {
            string tokens = Cast(graph, Cast(graph, graph.AddInput("x", OnnxType.Int64, "batch", "time"), OnnxType.Int8), OnnxType.Int64);
            string table = graph.AddWeights("table", new float[200 * 3], 200, 3);
            return OnLstm(graph, graph.Add("Transpose", [graph.Add("Gather", [table, tokens])], Order(1, 0, 2)));
        }), "has 200 tokens; a Cast before it rounds those above 127"),
        ["numbers that are scaled"] = (File(graph => OnLstm(graph, graph.Add("Mul", [Input(graph), graph.AddConstant(2)]))), "Mul"),
        ["features that stand where steps should"] = (File(graph =>
            OnLstm(graph, graph.Add("Transpose", [Input(graph)], Order(2, 1, 0)))), "another order than time, batch, features"),
        ["half precision"] = (File(graph =>
            OnLstm(graph, graph.AddInput("x", OnnxType.Half, "time", "batch", 3))), "reads input 'x', which is Half with 3 axes"),
        ["double precision"] = (File(graph => OnLstm(graph, Cast(graph, Input(graph), OnnxType.Double))), "reads numbers of type Double"),
        ["a layer that reads the steps of the layer below as sequences"] = (File(graph =>
            Gemm(graph, Ends(graph, Node(graph, "LSTM", Batch(graph, Lstm(graph)), Units)), Units)),
            "reads another axis as its time than the layer below"),
        ["a layer that reads one direction of two"] = (File(graph =>
        {
            string steps = Node(graph, "GRU", Input(graph), directions: 2).Steps;
            string one = graph.Add("Gather", [steps, Scalar(graph, 0)], Axis(1));
            return Gemm(graph, Ends(graph, Node(graph, "LSTM", one, Units)), Units);
        }), "all outputs of one layer"),
        ["a layer that reads directions side by side in another order"] = (File(graph =>
        {
            string steps = Node(graph, "GRU", Input(graph), directions: 2).Steps;
            string mixed = graph.Add("Reshape", [steps, graph.AddIntegers(0, -1, 12)]);
            return Gemm(graph, Ends(graph, Node(graph, "LSTM", mixed, 12)), Units);
        }), "mixes steps, sequences or features"),

        // What leads from the layers to the head.
        ["the first step"] = (Indexed(place: 0, axis: 0), "takes place 0 of axis 0, which is not the last step"),
        ["the step before the last"] = (Indexed(place: -2, axis: 0), "takes place -2 of axis 0"),
        ["the last sequence of the batch"] = (Indexed(place: -1, axis: 1), "an axis that is not that of the steps"),
        ["every other step"] = (Sliced(-1, long.MaxValue, 0, 2), "takes steps other than one after the other"),
        ["a step backwards"] = (Sliced(-1, long.MinValue, 0, -1), "takes steps other than one after the other"),
        ["all steps but the last"] = (Sliced(0, -1, 0, 1), "takes places 0 to -1 of axis 0"),
        ["the last two steps"] = (Sliced(-2, long.MaxValue, 0, 1), "takes places -2 to 9223372036854775807 of axis 0"),
        ["the last sequence by a slice"] = (Sliced(-1, long.MaxValue, 1, 1), "an axis that is not that of the steps"),
        ["the last step of a layer in both directions"] = (File(graph =>
        {
            string steps = Merged(graph, Node(graph, "LSTM", Input(graph), directions: 2));
            return Gemm(graph, graph.Add("Gather", [steps, Scalar(graph, -1)], Axis(0)), 2 * Units);
        }), "the last step of a layer in both directions"),
        ["one direction of two"] = (File(graph =>
        {
            string last = Node(graph, "GRU", Input(graph), directions: 2).Last;
            return Gemm(graph, graph.Add("Gather", [last, Scalar(graph, 1)], Axis(0)), Units);
        }), "of all directions of one layer"),
        ["a direction that is not there"] = (File(graph =>
            Gemm(graph, graph.Add("Gather", [Node(graph, "GRU", Input(graph)).Last, Scalar(graph, 1)], Axis(0)), Units)),
            "has axis 1 of a value with 1 axes"),
        ["the directions in another order"] = (Ended([1, 0]), "of all directions of one layer"),
        ["one direction twice"] = (Ended([0, 0]), "of all directions of one layer"),
        ["a third part"] = (Ended([0, 1, 1]), "of all directions of one layer"),
        ["ends of sequences that stand one behind the other"] = (Ended([0, 1], axis: 0), "puts together what does not stand side by side"),
        ["the last beside the largest and the mean"] = (File(graph =>
            Gemm(graph, Pooled(graph, Node(graph, "GRU", Input(graph)), "ReduceMax", "ReduceMean"), 3 * Units)),
            "puts together what does not stand side by side"),
        ["the last beside the mean"] = (File(graph =>
            Gemm(graph, Pooled(graph, Node(graph, "GRU", Input(graph)), "ReduceMean"), 2 * Units)),
            "puts together what does not stand side by side"),
        ["poolings of two layers"] = (File(graph =>
        {
            Recurrent below = Node(graph, "GRU", Input(graph)), above = Node(graph, "GRU", Squeezed(graph, below), Units);
            string mean = OverSteps(graph, "ReduceMean", Squeezed(graph, below));
            string largest = OverSteps(graph, "ReduceMax", Squeezed(graph, above));
            string[] parts = [Ends(graph, above), mean, largest];
            return Gemm(graph, graph.Add("Concat", parts, Axis(1)), 3 * Units);
        }), "puts together what does not stand side by side"),
        ["poolings of a direction of two"] = (File(graph =>
        {
            Recurrent node = Node(graph, "GRU", Input(graph), directions: 2);
            string steps = graph.Add("Gather", [node.Steps, Scalar(graph, 1)], Axis(1));
            string last = graph.Add("Gather", [node.Last, Scalar(graph, 1)], Axis(0));
            string[] parts = [last, OverSteps(graph, "ReduceMean", steps), OverSteps(graph, "ReduceMax", steps)];
            return Gemm(graph, graph.Add("Concat", parts, Axis(1)), 3 * Units);
        }), "puts together what does not stand side by side"),
        ["weights for one of three poolings"] = (File(graph =>
            Gemm(graph, Pooled(graph, Node(graph, "GRU", Input(graph)), "ReduceMean", "ReduceMax"), Units)),
            "has weights [3, 6] for 18 units"),
        ["three poolings twice"] = (File(graph =>
        {
            string pooled = Pooled(graph, Node(graph, "GRU", Input(graph)), "ReduceMean", "ReduceMax");
            return Gemm(graph, graph.Add("Concat", [pooled, pooled], Axis(1)), 6 * Units);
        }), "of all directions of one layer"),
        ["ends beside a constant"] = (File(graph =>
            Gemm(graph, graph.Add("Concat", [Ends(graph, Lstm(graph)), Weights(graph, 1, 2)], Axis(1)), Units + 2)),
            "does not come from the input"),
        ["the last cell state"] = (File(graph =>
        {
            string[] inputs = [Input(graph), Weights(graph, 1, 24, 3), Weights(graph, 1, 24, 6)];
            string cells = graph.AddMany("LSTM", inputs, 3, GraphBuilder.CreateInteger("hidden_size", 6))[2];
            return Gemm(graph, graph.Add("Squeeze", [cells, graph.AddIntegers(0)]), Units);
        }), "'output' (Cells)"),
        ["the mean of the batch"] = (Reduced("ReduceMean", 1), "reduces another axis than that of the steps"),
        ["the largest feature"] = (Reduced("ReduceMax", 2), "reduces another axis than that of the steps"),
        ["the mean of steps and batch"] = (Reduced("ReduceMean", 0, 1), "reduces another axis than that of the steps"),
        ["the mean of all there is"] = (Reduced("ReduceMean"), "reduces another axis than that of the steps"),
        ["Dropout as in training"] = (File(graph =>
            OnLast(graph, last => graph.Add("Dropout", [last, graph.AddConstant(0.5f), graph.AddInput("training", OnnxType.Boolean)]))),
            "drops numbers, as in training"),
        ["a rectified state"] = (File(graph => OnLast(graph, last => graph.Add("Relu", [last]))), "Relu '/Relu_"),
        ["a shape that mixes sequences"] = (File(graph =>
            Gemm(graph, graph.Add("Reshape", [Node(graph, "GRU", Input(graph), directions: 2).Last, graph.AddIntegers(-1, 12)]), 12)),
            "[-1, 12] that mixes steps, sequences or features"),
        ["a shape that mixes steps and sequences"] = (File(graph =>
        {
            string steps = Squeezed(graph, Lstm(graph));
            string shape = graph.Add("Concat", [Size(graph, 0), Size(graph, 1), graph.AddIntegers(Units)], Axis(0));
            return graph.Add("Softmax", [Product(graph, graph.Add("Reshape", [steps, shape]), Units)], Axis(-1));
        }), "that mixes steps, sequences or features"),
        ["a shape that takes features apart"] = (File(graph =>
            Product(graph, graph.Add("Reshape", [Ends(graph, Lstm(graph)), graph.AddIntegers(-1, 3)]), 3)), "[-1, 3] that mixes"),
        ["a shape with a size of its own"] = (File(graph =>
            OnLast(graph, last => graph.Add("Reshape", [last, graph.AddIntegers(-1, 7)]))), "[-1, 7] that mixes"),
        ["Flatten at another axis"] = (File(graph =>
            Gemm(graph, graph.Add("Flatten", [Node(graph, "GRU", Input(graph), directions: 2).Last], Axis(1)), 2 * Units)), "Gemm"),
        ["a perm of another rank"] = (File(graph =>
            OnLast(graph, last => graph.Add("Transpose", [last], Order(0, 2, 1)))), "has a perm of [0, 2, 1] for a value with 2 axes"),
        ["a perm that names an axis twice"] = (File(graph =>
            OnLast(graph, last => graph.Add("Transpose", [last], Order(0, 0)))), "names an axis twice"),
        ["an axis that is not of size 1"] = (File(graph =>
            OnLast(graph, last => graph.Add("Squeeze", [last, graph.AddIntegers(0)]))), "takes away axis 0"),

        // The head and what stands on it.
        ["alpha"] = (Scaled("alpha"), "(alpha, beta, transA)"),
        ["beta"] = (Scaled("beta"), "(alpha, beta, transA)"),
        ["transA"] = (File(graph =>
        {
            string turned = graph.Add("Transpose", [Ends(graph, Lstm(graph))], Order(1, 0));
            return graph.Add("Gemm", [turned, Weights(graph, Units, 3)], GraphBuilder.CreateInteger("transA", 1));
        }), "with the features last"),
        ["transA of what is not transposed"] = (File(graph =>
            graph.Add("Gemm", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)], GraphBuilder.CreateInteger("transA", 1))),
            "(alpha, beta, transA)"),
        ["a bias down the batch"] = (File(graph =>
            graph.Add("Add", [graph.Add("MatMul", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)]), Weights(graph, 3, 1)])),
            "has a bias [3, 1] for 3 outputs"),
        ["a bias of a column in Gemm"] = (File(graph =>
            graph.Add("Gemm", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3), Weights(graph, 3, 1)])),
            "has a bias [3, 1] for 3 outputs"),
        ["a bias on another axis"] = (File(graph =>
        {
            string product = graph.Add("MatMul", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)]);
            return graph.Add("Add", [graph.Add("Transpose", [product], Order(1, 0)), Weights(graph, 3)]);
        }), "on the last of 2 axes"),
        ["a bias for several sequences"] = (File(graph =>
            graph.Add("Add", [graph.Add("MatMul", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)]), Weights(graph, 2, 3)])),
            "has a bias [2, 3] for 3 outputs"),
        ["a bias for every step"] = (File(graph =>
        {
            string steps = Squeezed(graph, Node(graph, "LSTM", Fixed(graph, 4)));
            return graph.Add("Add", [graph.Add("MatMul", [steps, Weights(graph, Units, 3)]), Weights(graph, 4, 1, 3)]);
        }), "has a bias [4, 1, 3] for 3 outputs"),
        ["two biases"] = (File(graph => graph.Add("Add", [OnLstm(graph, Input(graph)), Weights(graph, 3)])), "adds to Outputs"),
        ["what is added twice"] = (File(graph =>
        {
            string product = graph.Add("MatMul", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3)]);
            return graph.Add("Add", [product, product]);
        }), "adds to Product"),
        ["the weights first"] = (File(graph =>
            graph.Add("MatMul", [Weights(graph, 3, Units), graph.Add("Transpose", [Ends(graph, Lstm(graph))], Order(1, 0))])),
            "does not come from the input"),
        ["weights of another size"] = (File(graph => Gemm(graph, Ends(graph, Lstm(graph)), Units + 1)), "has weights [3, 7] for 6 units"),
        ["a second linear layer"] = (File(graph =>
            graph.Add("MatMul", [OnLstm(graph, Input(graph)), Weights(graph, 3, 3)])), "reads Outputs"),
        ["logits that are divided"] = (File(graph =>
            graph.Add("Softmax", [graph.Add("Div", [OnLstm(graph, Input(graph)), graph.AddConstant(2)])], Axis(-1))), "Div"),
        ["a Softmax over the batch"] = (File(graph => graph.Add("Softmax", [OnLstm(graph, Input(graph))], Axis(0))), "is over axis 0"),
        ["a Softmax over the steps"] = (File(graph =>
            graph.Add("Softmax", [Product(graph, Batch(graph, Lstm(graph)), Units)], Axis(1))), "is over axis 1"),
        ["a Softmax over outputs that were transposed"] = (File(graph =>
            graph.Add("Softmax", [graph.Add("Transpose", [OnLstm(graph, Input(graph))], Order(1, 0))], Axis(-1))), "is over axis 1"),
        ["a Softmax of steps below opset 13"] = (Old(12), "is over axis 1, or that and others"),
        ["a Softmax of steps below opset 13, under the other name of the operators"] =
            (Old(11, "ai.onnx"), "is over axis 1, or that and others"),
        ["a Softmax over a single output's logarithm"] = (File(graph =>
            graph.Add("LogSoftmax", [Gemm(graph, Ends(graph, Lstm(graph)), Units, 1)], Axis(-1))), "single output"),
        ["several Sigmoids for each step"] = (File(graph =>
            graph.Add("Sigmoid", [graph.Add("MatMul", [Batch(graph, Lstm(graph)), Weights(graph, Units, 3)])])),
            "Output 'output' of the graph has 3 numbers with a Sigmoid each for every step"),

        // The outputs of the graph.
        ["an output that is the state, beside a head that nothing reads"] = (File(graph =>
        {
            string last = Ends(graph, Lstm(graph));
            Gemm(graph, last, Units);
            return last;
        }), "'output' (Last)"),
        ["an output that is rectified, beside the head"] = (File(graph => graph.Add("Relu", [OnLstm(graph, Input(graph))])), "Relu"),
        ["the label alone"] = (File(graph => graph.Add("ArgMax", [OnLstm(graph, Input(graph))], Axis(1))), "'output' (Label)"),
        ["two heads"] = (
            WithOutput(graph => OnLstm(graph, Input(graph)), (graph, _) => Gemm(graph, Last(graph), Units)),
            "'output' and 'second' of the graph are scores of different kinds or layers"),
        ["the product beside the outputs"] = (
            WithOutput(
                graph => Product(graph, Ends(graph, Lstm(graph)), Units),
                (graph, _) => graph.Graph.Node.Single(node => node.OpType == "MatMul").Output[0]),
            "scores of different kinds"),
    };

    /// <summary>A head on the last state of an LSTM.</summary>
    private static string OnLstm(GraphBuilder graph, string x) => Gemm(graph, Ends(graph, Node(graph, "LSTM", x)), Units);

    private static string OnLast(GraphBuilder graph, Func<string, string> change) => Gemm(graph, change(Ends(graph, Lstm(graph))), Units);

    /// <summary>The size of an axis of the input.</summary>
    private static string Size(GraphBuilder graph, int axis) =>
        graph.Add("Gather", [graph.Add("Shape", ["x"]), graph.AddIntegers(axis)], Axis(0));

    private static string Last(GraphBuilder graph) => graph.Graph.Node.First(node => node.OpType == "Squeeze").Output[0];

    private static ModelProto Sliced(long start, long end, long axis, long step) => File(graph =>
    {
        string steps = Squeezed(graph, Lstm(graph));
        string[] range = [graph.AddIntegers(start), graph.AddIntegers(end), graph.AddIntegers(axis), graph.AddIntegers(step)];
        return Product(graph, graph.Add("Squeeze", [graph.Add("Slice", [steps, .. range]), graph.AddIntegers(axis)]), Units);
    });

    private static ModelProto Indexed(long place, long axis) => File(graph =>
        Gemm(graph, graph.Add("Gather", [Squeezed(graph, Lstm(graph)), Scalar(graph, place)], Axis(axis)), Units));

    private static ModelProto Ended(int[] directions, long axis = 1) => File(graph =>
    {
        string last = Node(graph, "GRU", Input(graph), directions: 2).Last;
        string[] ends = [.. directions.Select(direction => graph.Add("Gather", [last, Scalar(graph, direction)], Axis(0)))];
        return Gemm(graph, graph.Add("Concat", ends, Axis(axis)), directions.Length * Units);
    });

    private static ModelProto Reduced(string operation, params long[] axes) => File(graph =>
    {
        AttributeProto[] attributes = [GraphBuilder.CreateIntegers("axes", axes), GraphBuilder.CreateInteger("keepdims", 0)];
        return Product(graph, graph.Add(operation, [Squeezed(graph, Lstm(graph))], axes.Length == 0 ? [] : attributes), Units);
    });

    private static ModelProto Scaled(string factor) => File(graph =>
        graph.Add(
            "Gemm", [Ends(graph, Lstm(graph)), Weights(graph, Units, 3), Weights(graph, 3)], GraphBuilder.CreateNumber(factor, 0.5f)));

    /// <summary>A tagger of an old opset, whose Softmax has no axis.</summary>
    private static ModelProto Old(long version, string domain = "")
    {
        ModelProto file = File(graph =>
        {
            string steps = graph.Add("Squeeze", [Lstm(graph).Steps], GraphBuilder.CreateIntegers("axes", 1));
            return graph.Add("Softmax", [Product(graph, steps, Units)]);
        });
        file.OpsetImport[0] = new() { Version = version, Domain = domain };
        return file;
    }

    private static ModelProto WithOutput(Func<GraphBuilder, string> make, Func<GraphBuilder, string, string> second) => File(graph =>
    {
        string output = make(graph);
        string beside = second(graph, output);
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "beside", Input = { beside }, Output = { "second" } });
        graph.Graph.Output.Add(GraphBuilder.DescribeValue("second", OnnxType.Single));
        return output;
    });
}
