using System.Diagnostics;
using Google.Protobuf;
using Microsoft.ML;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>What a file costs is bounded by its size.</summary>
public sealed class CostTests
{
    [Fact]
    public void Layers_that_share_weights_are_refused_before_they_are_copied()
    {
        const int layers = 400, units = 100;
        byte[] file = ForeignFiles.File(graph =>
        {
            string x = graph.AddInput("x", OnnxType.Single, "time", "batch", units);
            string w = graph.AddWeights("W", new float[4 * units * units], 1, 4 * units, units), axes = graph.AddIntegers(1);
            for (int i = 0; i < layers; i++)
                x = graph.Add("Squeeze", [graph.Add("LSTM", [x, w, w], GraphBuilder.CreateInteger("hidden_size", units)), axes]);
            return graph.Add("MatMul", [x, graph.AddWeights("head", new float[2 * units], units, 2)]);
        }).ToByteArray();
        (Exception? exception, long bytes, _) = Measure(file);
        Assert.Contains("weights and holds", Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        Assert.True(bytes < 20 * file.Length, $"{bytes} bytes for a file of {file.Length}");
    }

    [Fact]
    public void More_layers_than_a_network_can_have_are_refused()
    {
        byte[] file = ForeignFiles.File(graph =>
        {
            string x = graph.AddInput("x", OnnxType.Single, "time", "batch", 1), w = graph.AddWeights("W", [1], 1, 1, 1);
            string axes = graph.AddIntegers(1);
            graph.AddWeights("more", new float[10_000], 10_000);
            for (int i = 0; i < 3000; i++)
                x = graph.Add("Squeeze", [graph.Add("RNN", [x, w, w]), axes]);
            return graph.Add("MatMul", [x, graph.AddWeights("head", [1, 2], 1, 2)]);
        }).ToByteArray();
        (Exception? exception, long bytes, _) = Measure(file);
        var refused = Assert.IsType<NotSupportedException>(exception);
        Assert.Contains("is layer 501; a network has at most 500", refused.Message, StringComparison.Ordinal);
        Assert.True(bytes < 30 * file.Length, $"{bytes} bytes for a file of {file.Length}");
    }

    [Fact]
    public void Nodes_one_behind_the_other_are_walked_once_however_deep()
    {
        const int nodes = 5_000;
        byte[] file = ForeignFiles.File(graph =>
        {
            string zero = graph.AddWeights("zero", new float[6], 1, 1, 6), input = graph.AddInput("x", OnnxType.Single, "batch", "time", 3);
            string x = graph.Add("Transpose", [input], ForeignFiles.Order(1, 0, 2));
            for (int i = 0; i < nodes; i++)
            {
                zero = graph.Add("Identity", [zero]);
                x = graph.Add("Identity", [x]);
            }
            string w = ForeignFiles.Weights(graph, 1, 24, 3), r = ForeignFiles.Weights(graph, 1, 24, 6);
            string[] outputs = graph.AddMany("LSTM", [x, w, r, "", "", zero, zero], 2);
            return ForeignFiles.Gemm(graph, graph.Add("Squeeze", [outputs[1], graph.AddIntegers(0)]), 6);
        }).ToByteArray();
        (Exception? exception, long bytes, TimeSpan time) = Measure(file);
        Assert.Null(exception);
        Assert.True(bytes < 100L * file.Length, $"{bytes} bytes for a file of {file.Length}");
        Assert.True(time < TimeSpan.FromSeconds(10), $"{time}");
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("zeros one behind the other")]
    [InlineData("integers")]
    [InlineData("indices")]
    [InlineData("truth values")]
    public void A_large_constant_that_many_nodes_read_is_not_read_for_each(string what)
    {
        const int nodes = 1000, numbers = 250_000;
        List<string> outputs = [];
        ModelProto file = ForeignFiles.File(graph =>
        {
            string x = ForeignFiles.Input(graph), w = ForeignFiles.Weights(graph, 1, 24, 3), r = ForeignFiles.Weights(graph, 1, 24, 6);
            string zero = graph.AddWeights("zero", new float[numbers], 1, 1, numbers);
            string integers = graph.AddIntegers(new long[numbers]), one = graph.AddIntegers(1);
            graph.Graph.Initializer.Add(new TensorProto
            {
                Name = "no",
                DataType = (int)OnnxType.Boolean,
                Dims = { numbers },
                RawData = ByteString.CopyFrom(new byte[numbers]),
            });
            string state = zero, last = graph.AddMany("LSTM", [x, w, r], 2)[1];
            for (int i = 0; i < nodes; i++)
            {
                if (what.StartsWith("zeros", StringComparison.Ordinal))
                    state = graph.Add("Identity", [what == "zeros" ? zero : state]);
                outputs.Add(what switch
                {
                    "integers" => graph.Add("Identity", [integers]),
                    "indices" => graph.Add("Gather", [one, integers]),
                    "truth values" => graph.Add("Dropout", [last, "", "no"]),
                    _ => graph.AddMany("LSTM", [x, w, r, "", "", state, state], 2)[1],
                });
            }
            return ForeignFiles.Gemm(graph, graph.Add("Squeeze", [last, graph.AddIntegers(0)]), 6);
        });
        file.Graph.Output.Add(outputs.Select(name => new ValueInfoProto { Name = name }));
        byte[] bytes = file.ToByteArray();
        (Exception? exception, long allocated, TimeSpan time) = Measure(bytes);
        Assert.Equal(what == "truth values" ? typeof(NotSupportedException) : null, exception?.GetType());
        Assert.True(allocated < 20L * bytes.Length, $"{allocated} bytes for a file of {bytes.Length}");
        Assert.True(time < TimeSpan.FromSeconds(10), $"{time}");
    }

    [Theory]
    [InlineData("nodes")]
    [InlineData("attributes")]
    [InlineData("tensors")]
    [InlineData("dimensions")]
    [InlineData("inputs")]
    public void Empty_parts_are_counted_before_they_take_memory(string what)
    {
        const int count = 300_000;
        byte[] whole = ForeignFiles.All["Keras LSTM"].ToByteArray();
        // A message of nothing takes its tag and its length.
        byte[] parts = what switch
        {
            "nodes" => Repeat([0x0a, 0], count),
            "tensors" => Repeat([0x2a, 0], count),
            "inputs" => Repeat([0x5a, 0], count),
            "attributes" => Wrap(0x0a, Repeat([0x2a, 0], count)),
            _ => Wrap(0x5a, Wrap(0x12, Wrap(0x0a, Wrap(0x12, Repeat([0x0a, 0], count))))),
        };
        (Exception? exception, long bytes, _) = Measure([.. whole, .. Wrap(0x3a, parts)]);
        Assert.Contains("more than 250000 parts", Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        Assert.True(bytes < 200L << 20, $"{bytes} bytes");
    }

    [Fact]
    public void Values_that_double_from_node_to_node_are_given_up()
    {
        ModelProto shapes = ForeignFiles.File(graph =>
        {
            string shape = graph.AddIntegers(1, 1), last = ForeignFiles.Ends(graph, ForeignFiles.Lstm(graph));
            for (int i = 0; i < 60; i++)
                shape = graph.Add("Concat", [shape, shape], ForeignFiles.Axis(0));
            return ForeignFiles.Gemm(graph, graph.Add("Reshape", [last, shape]), 6);
        });
        ModelProto ends = ForeignFiles.File(graph =>
        {
            string last = ForeignFiles.Node(graph, "LSTM", ForeignFiles.Input(graph)).Last;
            for (int i = 0; i < 60; i++)
                last = graph.Add("Concat", [last, last], ForeignFiles.Axis(0));
            return ForeignFiles.Gemm(graph, last, 6);
        });
        ModelProto axes = ForeignFiles.File(graph =>
        {
            string last = ForeignFiles.Ends(graph, ForeignFiles.Node(graph, "LSTM", ForeignFiles.Input(graph)));
            for (int i = 0; i < 1000; i++)
                last = graph.Add("Unsqueeze", [last, graph.AddIntegers(0)]);
            return ForeignFiles.Gemm(graph, last, 6);
        });
        ModelProto sizes = ForeignFiles.File(graph =>
        {
            string size = graph.AddIntegers(1 << 20), last = ForeignFiles.Ends(graph, ForeignFiles.Lstm(graph));
            for (int i = 0; i < 60; i++)
                size = graph.Add("Mul", [size, size]);
            return ForeignFiles.Gemm(graph, graph.Add("Reshape", [last, size]), 6);
        });
        foreach (ModelProto file in (ModelProto[])[shapes, ends, axes, sizes])
        {
            (Exception? exception, long bytes, _) = Measure(file.ToByteArray());
            Assert.True(exception is NotSupportedException or InvalidDataException, $"{exception}");
            Assert.True(bytes < 10 << 20, $"{bytes} bytes");
        }
    }

    [Fact]
    public void Graphs_within_graphs_and_endless_names_are_refused_in_a_short_message()
    {
        var body = new GraphProto();
        for (int i = 0; i < 200; i++)
            body = new() { Node = { new NodeProto { Attribute = { GraphBuilder.CreateBody("body", body) } } } };
        (Exception? exception, _, _) = Measure(new ModelProto { Graph = body }.ToByteArray());
        Assert.IsType<InvalidDataException>(exception);
        ModelProto file = ForeignFiles.All["Keras LSTM"].Clone();
        (file.Graph.Node[0].OpType, file.Graph.Node[0].Name) = (new('o', 1 << 20), new('n', 1 << 20));
        (exception, _, _) = Measure(file.ToByteArray());
        Assert.True(Assert.IsType<NotSupportedException>(exception).Message.Length < 1000);
    }

    [Fact]
    public void A_description_of_more_than_the_weights_is_refused_before_it_is_made()
    {
        using var stream = new MemoryStream();
        ExportTests.Train(new MLContext(seed: 1), "stacks", "multiclass", "Features").SaveAsOnnx(stream);
        ModelProto file = ModelProto.Parser.ParseFrom(stream.ToArray());
        StringStringEntryProto description = file.MetadataProps.Single(entry => entry.Key == OnnxFile.DescriptionKey);
        (string Old, string New)[] changes =
        [
            ("\"NumberOfStacks\":3", "\"NumberOfStacks\":16777215"),
            ("\"Size\":6", "\"Size\":16777215"),
            ("\"Depth\":2", "\"Depth\":1000"),
        ];
        foreach ((string old, string instead) in changes)
        {
            Assert.Contains(old, description.Value, StringComparison.Ordinal);
            ModelProto damaged = file.Clone();
            StringStringEntryProto entry = damaged.MetadataProps.Single(entry => entry.Key == OnnxFile.DescriptionKey);
            entry.Value = description.Value.Replace(old, instead, StringComparison.Ordinal);
            (Exception? exception, long bytes, _) = Measure(damaged.ToByteArray());
            Assert.IsType<InvalidDataException>(exception);
            Assert.True(bytes < 10 << 20, $"{instead}: {bytes} bytes");
        }
    }

    private static (Exception? Exception, long Bytes, TimeSpan Time) Measure(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        Exception? exception = Record.Exception(() => RecurrentModel.LoadOnnx(new MemoryStream(file), "Features", null));
        return (exception, GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start));
    }

    private static byte[] Repeat(byte[] bytes, int count)
    {
        var repeated = new byte[bytes.Length * count];
        for (int i = 0; i < repeated.Length; i++)
            repeated[i] = bytes[i % bytes.Length];
        return repeated;
    }

    private static byte[] Wrap(byte tag, byte[] content)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteRawTag(tag);
        output.WriteLength(content.Length);
        output.Flush();
        return [.. stream.ToArray(), .. content];
    }
}
