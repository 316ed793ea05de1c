using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

public sealed class ImportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Foreign => [.. ForeignFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Files_of_others_score_as_in_OnnxRuntime(string name)
    {
        ModelProto file = ForeignFiles.All[name];
        RecurrentTransformer model = Load(file.ToByteArray());
        SequenceRow[] rows = SequenceRow.Generate(100, seed: 2);
        IList<TensorShapeProto.Types.Dimension> axes = file.Graph.Input[0].Type.TensorType.Shape.Dim;
        bool readsTokens = axes.Count == 2, isTimeMajor = axes[0].DimParam == "time";
        using var session = new InferenceSession(file.ToByteArray());
        float[][] expected = [.. rows.Select(row => Run(session, row, readsTokens, isTimeMajor))];
        IDataView scored = model.Transform(Data(rows, readsTokens));
        string column = scored.Schema.GetColumnOrNull("Probability") is null ? "Score" : "Probability";
        float[][] found = scored.Schema[column].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column)]
            : [.. scored.GetColumn<float>(column).Select(score => new[] { score })];
        // A graph without a Softmax gives what goes into one.
        if (column == "Score" && expected[0].Length == 3 && !file.Graph.Node.Any(node => node.OpType == "Softmax"))
            expected = Array.ConvertAll(expected, Softmax);
        AssertNear(expected, found);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_was_read_is_written_read_and_written_again_byte_by_byte(string name)
    {
        byte[] first = Save(Load(ForeignFiles.All[name].ToByteArray())), second = Save(Load(first));
        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(ExportTests.Cases), MemberType = typeof(ExportTests))]
    public void What_this_library_wrote_comes_back_as_the_same_network(string network, string task, string column)
    {
        RecurrentTransformer model = ExportTests.Train(_ml, network, task, column);
        byte[] file = Save(model);
        RecurrentTransformer loaded = Load(file);
        Assert.Equal(file, Save(loaded));
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(50, seed: 3));
        Assert.Equal(ExportTests.Scores(model.Transform(data), task), ExportTests.Scores(loaded.Transform(data), task));
    }

    [Fact]
    public void What_was_read_is_trained_on_and_saved_as_a_zip()
    {
        byte[] file = ForeignFiles.All["Keras GRU, reset after"].ToByteArray();
        RecurrentTransformer read = RecurrentModel.LoadOnnx(new MemoryStream(file), "Features", ["a", "b", "c"]);
        var rows = SequenceRow.Generate(60, seed: 1).Select((row, i) => new { row.Features, Label = "abc"[i % 3].ToString() }).ToArray();
        SchemaDefinition schema = SchemaDefinition.Create(rows[0].GetType());
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, SequenceRow.FeaturesOfAStep);
        IDataView plain = LoadFromEnumerable(rows, schema);
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(plain).Transform(plain);
        var options = new RecurrentOptions { Layers = [new GruLayer(6)], NumberOfEpochs = 2, Seed = 1 };
        RecurrentTransformer trained = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, read);
        using var stream = new MemoryStream();
        _ml.Model.Save(trained, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        Assert.Equal(trained.Transform(data).GetColumn<float[]>("Score"), loaded.Transform(data).GetColumn<float[]>("Score"));
        Assert.NotEqual(
            read.Transform(data).GetColumn<float[]>("Score").First(),
            trained.Transform(data).GetColumn<float[]>("Score").First());
    }

    public static TheoryData<string> Unreadable =>
    [
        "peepholes", "clipped cells", "activations", "initial states", "initial states, computed", "lengths", "'reverse'",
        "a layout", "another file", "the domain", "Conv",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_is_named(string what)
    {
        ModelProto file = ForeignFiles.With((node, graph) =>
        {
            switch (what)
            {
                case "peepholes": node.Input.Add(["", "", "", graph.AddWeights("P", new float[18], 1, 18)]); break;
                case "clipped cells": node.Attribute.Add(GraphBuilder.CreateNumber("clip", 1)); break;
                case "activations": node.Attribute.Add(GraphBuilder.CreateTexts("activations", "Sigmoid", "Softsign", "Tanh")); break;
                case "initial states": node.Input.Add(["", graph.AddWeights("h", [1, 1, 1, 1, 1, 1], 1, 1, 6)]); break;
                case "initial states, computed":
                    string ones = graph.AddWeights("h", [1, 1, 1, 1, 1, 1], 1, 1, 6);
                    node.Input.Add(["", graph.Add("Expand", [ones, graph.AddIntegers(1, 1, 6)])]);
                    break;
                case "lengths": node.Input.Add(graph.AddInt32s("n", 2)); break;
                case "another file": graph.Graph.Initializer[0].DataLocation = 1; break;
                case "the domain": node.Domain = "com.microsoft"; break;
                case "'reverse'":
                    node.Attribute.Single(attribute => attribute.Name == "direction").S = ByteString.CopyFromUtf8("reverse");
                    break;
                case "a layout": node.Attribute.Add(GraphBuilder.CreateInteger("layout", 1)); break;
                default: graph.Graph.Node[0].OpType = "Conv"; break;
            }
        });
        var exception = Assert.Throws<NotSupportedException>(() => Load(file.ToByteArray()));
        Assert.Contains(what.Split(',')[0], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_no_network_of_ours_has_are_refused()
    {
        foreach (string name in (string[])["PyTorch LSTM, tagger", "Keras LSTM"])
        {
            ModelProto file = ForeignFiles.All[name].Clone();
            file.Graph.Node.Single(node => node.OpType == "Softmax").Attribute.Single().I = 0;
            var exception = Assert.Throws<NotSupportedException>(() => Load(file.ToByteArray()));
            Assert.Contains("Softmax", exception.Message, StringComparison.Ordinal);
            NodeProto end = ForeignFiles.All[name].Graph.Node[^1].Clone();
            file = ForeignFiles.All[name].Clone();
            file.Graph.Node[^1] = new NodeProto { OpType = "Softmax", Name = "second", Input = { end.Input }, Output = { end.Output } };
            exception = Assert.Throws<NotSupportedException>(() => Load(file.ToByteArray()));
            Assert.Contains("'second'", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PyTorch LSTM, two layers in both directions")]
    [InlineData("PyTorch GRU with an embedding")]
    [InlineData("ours")]
    public void A_file_that_is_damaged_is_refused_or_read_without_much_memory(string name)
    {
        byte[] whole = name == "ours"
            ? Save(ExportTests.Train(_ml, "stacks with all there is", "multiclass", "Tokens"))
            : ForeignFiles.All[name].ToByteArray();
        Load(whole);
        long honest = Allocated(() => Load(whole));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 700; i++)
        {
            byte[] bytes = Mutate(whole, random);
            Exception? exception = null;
            long allocated = Allocated(() => exception = Record.Exception(() => Load(bytes)));
            bool isClear = exception is InvalidDataException or NotSupportedException && exception.Message.Length > 20;
            Assert.True(exception is null || isClear, $"{i}: {exception}");
            Assert.True(allocated < 2 * honest + (1 << 18), $"{i}: {allocated} bytes, {honest} for the whole file");
            refused += exception is null ? 0 : 1;
        }
        Assert.InRange(refused, 200, 700);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int at = random.Next(bytes.Length), count = Math.Min(random.Next(1, 40), bytes.Length - at);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                random.NextBytes(bytes.AsSpan(at, count));
                return bytes;
            case 3:
                return [.. bytes[..at], .. bytes[(at + count)..]];
            default:
                bytes.AsSpan(at, count).Fill(0xff);
                return bytes;
        }
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RecurrentTransformer Load(byte[] file) => RecurrentModel.LoadOnnx(new MemoryStream(file), "Features", null);

    private static byte[] Save(RecurrentTransformer model)
    {
        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        return stream.ToArray();
    }

    private IDataView Data(SequenceRow[] rows, bool readsTokens)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return readsTokens ? _ml.Transforms.CopyColumns("Features", "Tokens").Fit(data).Transform(data) : data;
    }

    private IDataView LoadFromEnumerable<T>(IEnumerable<T> rows, SchemaDefinition schema)
        where T : class => _ml.Data.LoadFromEnumerable(rows, schema);

    private static float[] Run(InferenceSession session, SequenceRow row, bool readsTokens, bool isTimeMajor)
    {
        const int features = SequenceRow.FeaturesOfAStep;
        int steps = row.Tokens.Length;
        using OrtValue input = readsTokens && session.InputMetadata["x"].ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(row.Tokens, token => (long)token), [1, steps])
            : readsTokens ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(row.Tokens, token => (float)token), [1, steps])
            : OrtValue.CreateTensorValueFromMemory(row.Features, isTimeMajor ? [steps, 1, features] : [1, steps, features]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["x"], [input], ["output"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Softmax(float[] logits)
    {
        double sum = logits.Sum(logit => Math.Exp(logit));
        return Array.ConvertAll(logits, logit => (float)(Math.Exp(logit) / sum));
    }

    private static void AssertNear(float[][] expected, float[][] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, found[i].Length);
            Assert.All(expected[i].Zip(found[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }
}
