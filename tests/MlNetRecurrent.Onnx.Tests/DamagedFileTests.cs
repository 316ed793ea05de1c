using Google.Protobuf;
using Microsoft.ML;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Tensors, types and attributes that contradict themselves are refused by name.</summary>
public sealed class DamagedFileTests
{
    public static TheoryData<string> Tensors => [.. _tensors.Keys];

    private static readonly Dictionary<string, (Action<TensorProto> Change, string Message)> _tensors = new()
    {
        ["fewer rows than it holds"] = (tensor => tensor.Dims[0] -= 1, "where its dimensions"),
        ["more rows than it holds"] = (tensor => tensor.Dims[0] += 1, "where its dimensions"),
        ["an axis too many"] = (tensor => tensor.Dims.Add(1), "has weights [6, 3, 1] for 6 units"),
        ["axes in another order"] = (tensor => (tensor.Dims[0], tensor.Dims[1]) = (tensor.Dims[1], tensor.Dims[0]),
            "has weights [3, 6] for 6 units"),
        ["no axes"] = (tensor => tensor.Dims.Clear(), "say 1 numbers of 4 bytes"),
        ["a negative axis"] = (tensor => tensor.Dims[0] = -6, "its dimensions are negative"),
        ["axes whose product overflows"] = (tensor => (tensor.Dims[0], tensor.Dims[1]) = (1L << 32, 1L << 32), "larger than can be read"),
        ["axes whose product overflows to what it holds"] = (tensor => tensor.Dims.Add([1L << 31, 1L << 31, 4]), "larger than can be read"),
        ["many axes"] = (tensor => tensor.Dims.Add(Enumerable.Repeat(1L, 1000)), "it has 1002 dimensions"),
        ["a part of a number"] = (tensor => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..^1]), "it holds 71 bytes"),
        ["a few bytes more"] = (tensor => tensor.RawData = ByteString.CopyFrom([.. tensor.RawData.Span, 0, 0]), "it holds 74 bytes"),
        ["nothing"] = (tensor => tensor.RawData = ByteString.Empty, "it holds 0 bytes"),
        ["too few numbers of its type"] = (tensor => (tensor.RawData, _) = (ByteString.Empty, Add(tensor.FloatData, 17)),
            "it holds 17 numbers"),
        ["bytes and numbers"] = (tensor => tensor.FloatData.Add(Enumerable.Repeat(1f, 18)), "in several ways"),
        ["numbers of another type"] = (tensor => tensor.Int32Data.Add(1), "in several ways, or of another type than the Single"),
        ["texts"] = (tensor => tensor.StringData.Add(ByteString.CopyFromUtf8("one")),
            "in several ways, or of another type than the Single"),
        ["a part of a tensor"] = (tensor => tensor.Segment = new() { End = 18 }, "in several ways"),
        ["doubles"] = (
            tensor => (tensor.DataType, tensor.RawData) = ((int)OnnxType.Double, ByteString.CopyFrom(new byte[18 * 8])),
            "is of type Double; expected Single"),
        ["integers"] = (tensor => tensor.DataType = (int)OnnxType.Int32, "is of type Int32; expected Single"),
        ["no type"] = (tensor => tensor.DataType = 0, "is of type 0; expected Single"),
        ["another file"] = (tensor => tensor.DataLocation = 1, "is kept in another file"),
        ["no number"] = (
            tensor => tensor.RawData = ByteString.CopyFrom([.. tensor.RawData.Span[..^4], .. BitConverter.GetBytes(float.NaN)]),
            "a number that is not finite"),
    };

    [Theory]
    [MemberData(nameof(Tensors))]
    public void A_tensor_that_is_not_what_it_says_is_refused(string name)
    {
        ModelProto file = ForeignFiles.All["no biases"].Clone();
        TensorProto tensor = file.Graph.Initializer[^1];
        Assert.Equal([6, 3], tensor.Dims);
        _tensors[name].Change(tensor);
        Exception exception = Assert.ThrowsAny<Exception>(() => OnnxComparison.Load(file));
        Assert.True(exception is NotSupportedException or InvalidDataException, $"{exception}");
        Assert.Contains(_tensors[name].Message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head.weight")]
    [InlineData("head.bias")]
    [InlineData("embedding.weight")]
    [InlineData("layers.0.W")]
    [InlineData("layers.0.R")]
    [InlineData("layers.0.B")]
    public void Fewer_rows_and_axes_in_another_order_are_refused_in_files_of_this_library(string name)
    {
        byte[] whole = Save("Lstm", "Tokens");
        ModelProto file = ModelProto.Parser.ParseFrom(whole);
        TensorProto tensor = file.Graph.Initializer.Single(tensor => tensor.Name == name);
        int axis = Enumerable.Range(0, tensor.Dims.Count).First(axis => tensor.Dims[axis] > 1);
        int rest = tensor.RawData.Length / (int)tensor.Dims[axis] * (int)(tensor.Dims[axis] - 1);
        tensor.Dims[axis] -= 1;
        tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..rest]);
        Assert.Throws<InvalidDataException>(() => OnnxComparison.Load(file));
        if (tensor.Dims.Count < 2)
            return;
        file = ModelProto.Parser.ParseFrom(whole);
        tensor = file.Graph.Initializer.Single(tensor => tensor.Name == name);
        (tensor.Dims[^1], tensor.Dims[^2]) = (tensor.Dims[^2], tensor.Dims[^1]);
        Assert.Throws<InvalidDataException>(() => OnnxComparison.Load(file));
    }

    [Fact]
    public void Weights_of_stacks_that_are_fewer_or_turned_are_refused()
    {
        byte[] whole = Save("stacks with all there is", "Features");
        IEnumerable<string> names = ModelProto.Parser.ParseFrom(whole).Graph.Initializer.Select(tensor => tensor.Name);
        foreach (string name in names.Where(name => name.StartsWith("layers.", StringComparison.Ordinal)))
        {
            ModelProto file = ModelProto.Parser.ParseFrom(whole);
            TensorProto tensor = file.Graph.Initializer.Single(tensor => tensor.Name == name);
            int row = tensor.RawData.Length / (int)tensor.Dims[0];
            tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..(row * (int)(tensor.Dims[0] - 1))]);
            tensor.Dims[0] -= 1;
            Assert.Throws<InvalidDataException>(() => OnnxComparison.Load(file));
            file = ModelProto.Parser.ParseFrom(whole);
            tensor = file.Graph.Initializer.Single(tensor => tensor.Name == name);
            if (tensor.Dims.Count < 2 || tensor.Dims[0] == tensor.Dims[1])
                continue;
            (tensor.Dims[0], tensor.Dims[1]) = (tensor.Dims[1], tensor.Dims[0]);
            Assert.Throws<InvalidDataException>(() => OnnxComparison.Load(file));
        }
    }

    private static readonly Dictionary<string, (Action<NodeProto, GraphBuilder> Change, string Message)> _nodes = new()
    {
        ["another size"] = ((node, _) => Set(node, GraphBuilder.CreateInteger("hidden_size", 5)),
            "its hidden_size is 5, and its weights are of 6 units"),
        ["input_forget"] = ((node, _) => Set(node, GraphBuilder.CreateInteger("input_forget", 1)), "coupled input and forget gates"),
        ["layout"] = ((node, _) => Set(node, GraphBuilder.CreateInteger("layout", 1)), "a layout that begins with the batch"),
        ["clip"] = ((node, _) => Set(node, GraphBuilder.CreateNumber("clip", 3)), "clipped cells"),
        ["an attribute of another operator"] = ((node, _) => Set(node, GraphBuilder.CreateInteger("linear_before_reset", 1)),
            "has an attribute 'linear_before_reset'"),
        ["an attribute that nobody knows"] = ((node, _) => Set(node, GraphBuilder.CreateInteger("output_sequence", 1)),
            "has an attribute 'output_sequence'"),
        ["an attribute of another type"] = ((node, _) => Set(node, GraphBuilder.CreateNumber("hidden_size", 6)),
            "has an attribute 'hidden_size' of type 1; expected 2"),
        ["an attribute twice"] = ((node, _) => node.Attribute.Add(GraphBuilder.CreateInteger("hidden_size", 6)),
            "has two attributes 'hidden_size'"),
        ["an attribute of a function"] = ((node, _) => Set(node, new() { Name = "hidden_size", RefAttrName = "units", Type = 2, I = 6 }),
            "has an attribute 'hidden_size'"),
        ["another activation of the gates"] = (
            (node, _) => Set(node, GraphBuilder.CreateTexts("activations", "HardSigmoid", "Tanh", "Tanh")),
            "the activations HardSigmoid, Tanh, Tanh"),
        ["another activation of the cells"] = ((node, _) => Set(node, GraphBuilder.CreateTexts("activations", "Sigmoid", "Relu", "Tanh")),
            "the activations Sigmoid, Relu, Tanh"),
        ["another activation of the state"] = ((node, _) => Set(node, GraphBuilder.CreateTexts("activations", "Sigmoid", "Tanh", "Relu")),
            "the activations Sigmoid, Tanh, Relu"),
        ["activations that are too few"] = ((node, _) => Set(node, GraphBuilder.CreateTexts("activations", "Sigmoid", "Tanh")),
            "the activations Sigmoid, Tanh"),
        ["reverse"] = ((node, _) => Set(node, GraphBuilder.CreateText("direction", "reverse")), "the direction 'reverse'"),
        ["both directions, of weights for one"] = ((node, _) => Set(node, GraphBuilder.CreateText("direction", "bidirectional")),
            "its weights are [1, 24, 3] and [1, 24, 6]"),
        ["no weights"] = ((node, _) => node.Input[2] = "", "LSTM '/LSTM_5' has 4 inputs"),
        ["peepholes of zero"] = ((node, graph) => node.Input.Add(["", "", "", graph.AddWeights("P", new float[18], 1, 18)]), "peepholes"),
        ["too many inputs"] = ((node, _) => node.Input.Add(["", "", "", "", ""]), "has 9 inputs"),
        ["biases of another shape"] = ((node, graph) => node.Input[3] = graph.AddWeights("B", new float[48], 48),
            "it has biases [48]; expected [1, 48]"),
        ["biases for one of two"] = ((node, graph) => node.Input[3] = graph.AddWeights("B", new float[24], 1, 24),
            "it has biases [1, 24]; expected [1, 48]"),
        ["weights of other inputs"] = ((node, graph) => node.Input[1] = graph.AddWeights("W", new float[24 * 4], 1, 24, 4),
            "reads 4 numbers a step; it is given 3"),
        ["weights of other gates"] = ((node, graph) => node.Input[1] = graph.AddWeights("W", new float[18 * 3], 1, 18, 3),
            "do not go together"),
        ["weights for another number of directions"] = (
            (node, graph) => node.Input[2] = graph.AddWeights("R", new float[2 * 24 * 6], 2, 24, 6),
            "do not go together"),
        ["weights that are computed"] = ((node, graph) => node.Input[1] = graph.Add("Neg", [node.Input[1]]), "is computed in the graph"),
        ["lengths of a constant"] = ((node, graph) => node.Input.Add(graph.AddInt32s("n", 2)), "lengths that are no input of the graph"),
        ["an initial state of one"] = ((node, graph) => node.Input.Add(["", graph.AddWeights("h", [0, 0, 0, 0, 0, 1], 1, 1, 6)]),
            "initial states other than zero"),
        ["an initial cell of one"] = ((node, graph) => node.Input.Add(["", "", graph.AddWeights("c", [0, 0, 0, 0, 0, 1], 1, 1, 6)]),
            "initial states other than zero"),
        ["an initial state that is an input"] = (
            (node, graph) => node.Input.Add(["", graph.AddInput("h0", OnnxType.Single, 1, "batch", 6)]),
            "initial states other than zero"),
        ["an initial state of a shape filled with one"] = ((node, graph) =>
        {
            var one = new TensorProto { DataType = 1, Dims = { 1 }, FloatData = { 1 } };
            var value = new AttributeProto { Name = "value", Type = 4, T = one };
            node.Input.Add(["", graph.Add("ConstantOfShape", [graph.AddIntegers(1, 1, 6)], value)]);
        }, "initial states other than zero"),
        ["an initial state that is a sum"] = (
            (node, graph) => node.Input.Add(["", graph.Add("Add", [graph.AddConstant(0), graph.AddConstant(1)])]),
            "initial states other than zero"),
        ["another domain"] = ((node, _) => node.Domain = "com.microsoft", "is of the domain 'com.microsoft'"),
        ["the domain of trees"] = ((node, _) => node.Domain = GraphBuilder.MlDomain, "is of the domain 'ai.onnx.ml'"),
    };

    public static TheoryData<string> Nodes => [.. _nodes.Keys];

    [Theory]
    [MemberData(nameof(Nodes))]
    public void A_recurrent_operator_that_does_something_else_is_refused(string name)
    {
        ModelProto file = ForeignFiles.With((node, graph) => _nodes[name].Change(node, graph));
        Exception exception = Assert.ThrowsAny<Exception>(() => OnnxComparison.Load(file));
        Assert.True(exception is NotSupportedException or InvalidDataException, $"{exception}");
        Assert.Contains(_nodes[name].Message, exception.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, (Action<ModelProto> Change, string Message)> _files = new()
    {
        ["an input without a type"] = (file => file.Graph.Input[0].Type = null, "reads input 'x', which is of no type"),
        ["an input without a tensor type"] = (file => file.Graph.Input[0].Type.TensorType = null, "reads input 'x', which is of no type"),
        ["an input without a shape"] = (file => file.Graph.Input[0].Type.TensorType.Shape = null,
            "reads input 'x', which is Single of no shape"),
        ["an input of one axis"] = (file => Shorten(file.Graph.Input[0].Type.TensorType.Shape.Dim),
            "reads input 'x', which is Single with 1 axes"),
        ["an input of other features"] = (file => file.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = 4,
            "reads 3 numbers a step; it is given 4"),
        ["no inputs"] = (file => file.Graph.Input.Clear(), "reads 'x', which nothing makes"),
        ["two inputs of a name"] = (file => file.Graph.Input.Add(file.Graph.Input[0]), "two inputs are named 'x'"),
        ["no outputs"] = (file => file.Graph.Output.Clear(), "its graph has no output"),
        ["an output that nothing makes"] = (file => file.Graph.Output[0].Name = "y", "The graph reads 'y', which nothing makes"),
        ["two tensors of a name"] = (file => file.Graph.Initializer.Add(file.Graph.Initializer[0]), "two tensors are named"),
        ["two nodes that make the same"] = (file => file.Graph.Node.Add(file.Graph.Node[0]), "two things make"),
        ["a node that reads itself"] = (file => file.Graph.Node[0].Input[0] = file.Graph.Node[0].Output[0],
            "which is made of its own output"),
        ["no opset"] = (file => file.OpsetImport.Clear(), "names 0 versions"),
        ["two opsets"] = (file => file.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 12 }), "names 2 versions"),
        ["an opset of another domain alone"] = (file => file.OpsetImport[0].Domain = "ai.onnx.ml", "names 0 versions"),
        ["an opset that is too old"] = (file => file.OpsetImport[0].Version = 6, "is of opset 6"),
        ["an operator of its own"] = (file => file.Functions.Add(new FunctionProto { Name = "LSTM" }),
            "whose operator of this name is not known"),
        ["axes as a newer opset has them"] = (file => file.OpsetImport[0].Version = 12, "as an input, which opset 12 does not know"),
    };

    public static TheoryData<string> Files => [.. _files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_without_what_it_needs_is_refused(string name)
    {
        ModelProto file = ForeignFiles.All["Keras LSTM"].Clone();
        _files[name].Change(file);
        Exception exception = Assert.ThrowsAny<Exception>(() => OnnxComparison.Load(file));
        Assert.True(exception is NotSupportedException or InvalidDataException, $"{exception}");
        Assert.Contains(_files[name].Message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GRU_that_resets_in_another_way_and_one_with_cells_are_refused()
    {
        foreach ((string name, Action<NodeProto> change, string message) in ((string, Action<NodeProto>, string)[])
        [
            ("Keras GRU, reset after", node => Set(node, GraphBuilder.CreateInteger("linear_before_reset", 2)), "linear_before_reset 2"),
            ("Keras GRU, reset after", node => Set(node, GraphBuilder.CreateTexts("activations", "Sigmoid", "Relu")),
                "the activations Sigmoid, Relu"),
            ("Keras GRU, reset after", node => node.Input.Add(["", "", node.Input[1]]), "has 7 inputs"),
            (
                "Keras SimpleRNN, rectified", node => Set(node, GraphBuilder.CreateTexts("activations", "Sigmoid")),
                "the activations Sigmoid"),
            ("mixed cells, initial states of zero", node => Set(node, GraphBuilder.CreateTexts("activations", "Tanh", "Relu")),
                "the activations Tanh, Relu"),
        ])
        {
            ModelProto file = ForeignFiles.All[name].Clone();
            change(file.Graph.Node.Last(node => node.OpType is "GRU" or "RNN"));
            Assert.Contains(message, Assert.ThrowsAny<Exception>(() => OnnxComparison.Load(file)).Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Save(string network, string column)
    {
        using var stream = new MemoryStream();
        ExportTests.Train(new MLContext(seed: 1), network, "multiclass", column).SaveAsOnnx(stream);
        return stream.ToArray();
    }

    private static void Set(NodeProto node, AttributeProto attribute)
    {
        if (node.Attribute.FirstOrDefault(old => old.Name == attribute.Name) is { } old)
            node.Attribute.Remove(old);
        node.Attribute.Add(attribute);
    }

    private static void Shorten(Google.Protobuf.Collections.RepeatedField<TensorShapeProto.Types.Dimension> axes)
    {
        axes.RemoveAt(2);
        axes.RemoveAt(1);
    }

    private static bool Add(Google.Protobuf.Collections.RepeatedField<float> list, int count)
    {
        list.Add(Enumerable.Repeat(1f, count));
        return true;
    }
}
