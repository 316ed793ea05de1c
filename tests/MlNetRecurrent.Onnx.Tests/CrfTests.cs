using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Taggers that end in a CRF, in files: best paths follow the scheme there, too.</summary>
public sealed class CrfTests : IDisposable
{
    private static readonly string[] _names = ["O", "B-A", "I-A", "B-B"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string FilePath => Path.Combine(_folder, "model.onnx");

    [Theory]
    [InlineData(TagScheme.None)]
    [InlineData(TagScheme.Bio)]
    public void Best_paths_are_those_of_the_model_one_by_one_and_in_batches_with_lengths(TagScheme scheme)
    {
        RecurrentTransformer model = Train(scheme);
        model.SaveAsOnnx(FilePath);
        SequenceRow[] rows = SequenceRow.Generate(100, seed: 2, shortest: 0);
        uint[][] expected = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<uint[]>("PredictedLabel")];
        float[][] scores = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Score")];
        using var session = new OnnxSession(FilePath, "Features");
        Assert.Equal(expected, rows.Select(row => session.Run<uint>([row], "PredictedLabel")));
        // The best path is not always that of the likeliest tags.
        Assert.NotEqual(expected, scores.Select(row => row.Chunk(4).Select(step => (uint)Array.IndexOf(step, step.Max()) + 1).ToArray()));
        float[][] batch = session.Run(rows, withLengths: true);
        for (int i = 0; i < rows.Length; i++)
            Assert.All(scores[i].Zip(batch[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_file_that_is_loaded_scores_the_same_bits_and_goes_on_to_be_saved()
    {
        RecurrentTransformer model = Train(TagScheme.Bio);
        model.SaveAsOnnx(FilePath);
        RecurrentTransformer loaded = RecurrentModel.LoadOnnx(FilePath);
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(50, seed: 3));
        foreach (string column in (string[])["Score", "PredictedLabel"])
        {
            if (column == "Score")
                Assert.Equal(model.Transform(data).GetColumn<float[]>(column), loaded.Transform(data).GetColumn<float[]>(column));
            else
                Assert.Equal(model.Transform(data).GetColumn<uint[]>(column), loaded.Transform(data).GetColumn<uint[]>(column));
        }
        byte[] bytes = File.ReadAllBytes(FilePath);
        loaded.SaveAsOnnx(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Alternatives_are_left_out_of_the_graph_and_come_back_where_the_file_is_loaded()
    {
        RecurrentTransformer model = Train(TagScheme.Bio, alternatives: 3);
        model.SaveAsOnnx(FilePath);
        Assert.Equal(
            ["PredictedLabel", "Score", "ScoreAndPath"],
            Protobuf.ModelProto.Parser.ParseFrom(File.ReadAllBytes(FilePath)).Graph.Output.Select(output => output.Name));
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(50, seed: 3)), expected = model.Transform(data);
        IDataView loaded = RecurrentModel.LoadOnnx(FilePath).Transform(data);
        foreach (string column in (string[])["PredictedLabel", "Alternatives"])
            Assert.Equal(expected.GetColumn<uint[]>(column), loaded.GetColumn<uint[]>(column));
        foreach (string column in (string[])["Score", "AlternativeProbabilities"])
            Assert.Equal(expected.GetColumn<float[]>(column), loaded.GetColumn<float[]>(column));
        IDataView applied = _ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(data).Transform(data);
        Assert.Equal(expected.GetColumn<uint[]>("PredictedLabel"), applied.GetColumn<uint[]>("PredictedLabel"));
        Assert.All(expected.GetColumn<float[]>("Score").Zip(applied.GetColumn<float[]>("Score")), row =>
            Assert.All(row.First.Zip(row.Second), pair => Assert.Equal(pair.First, pair.Second, 1e-5f)));
        Assert.DoesNotContain(applied.Schema, column => column.Name.StartsWith("Alternative", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_the_transitions_is_refused()
    {
        Train(TagScheme.None).SaveAsOnnx(FilePath);
        Protobuf.ModelProto file = Protobuf.ModelProto.Parser.ParseFrom(File.ReadAllBytes(FilePath));
        Protobuf.TensorProto transitions = file.Graph.Initializer.Single(tensor => tensor.Name == "head.transitions");
        transitions.Dims[0] = 2;
        transitions.Dims[1] = 8;
        var exception = Assert.Throws<InvalidDataException>(() => OnnxComparison.Load(file));
        Assert.Contains("'head.transitions' is [2, 8]; expected [4, 4]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_the_best_path_come_out_of_the_file_of_a_pipeline()
    {
        IDataView data = Data();
        ITransformer model = Trainer(TagScheme.Bio).Append(_ml.Transforms.Conversion.MapKeyToValue("Names", "PredictedLabel")).Fit(data);
        model.SaveAsOnnx(data.Schema, FilePath);
        IDataView applied = _ml.Transforms.ApplyOnnxModel(["Names"], ["Features"], FilePath).Fit(data).Transform(data);
        string[][] expected = Names(model.Transform(data)), found = Names(applied);
        Assert.Equal(expected, found);
        Assert.All(found, tags => Assert.All(tags.Zip(["O", .. tags]), pair =>
            Assert.True(pair.First != "I-A" || pair.Second is "B-A" or "I-A")));

        static string[][] Names(IDataView view) =>
            [.. view.GetColumn<ReadOnlyMemory<char>[]>("Names").Select(tags => Array.ConvertAll(tags, tag => tag.ToString()))];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Train(TagScheme scheme, int alternatives = 0) => Trainer(scheme, alternatives).Fit(Data());

    private RecurrentTrainer Trainer(TagScheme scheme, int alternatives = 0) => _ml.MulticlassClassification.Trainers.SequenceTagger(new()
    {
        LabelColumnName = "Tags",
        Layers = [new GruLayer(6) { Bidirectional = true }],
        UseCrf = true,
        TagScheme = scheme,
        NumberOfAlternatives = alternatives,
        NumberOfEpochs = 5,
        LearningRate = 0.05f,
        Seed = 1,
    });

    /// <summary>Rows whose tags follow the scheme.</summary>
    private IDataView Data()
    {
        SequenceRow[] rows = SequenceRow.Generate(60, seed: 1);
        var named = rows.Select(row => new Named { Features = row.Features, Tags = Allow([.. row.Tags.Select(tag => _names[tag - 1])]) });
        IDataView keys = _ml.Data.LoadFromEnumerable(_names.Select(name => new { Tags = name }));
        IDataView data = _ml.Data.LoadFromEnumerable(named);
        return _ml.Transforms.Conversion.MapValueToKey("Tags", keyData: keys).Fit(data).Transform(data);
    }

    private static string[] Allow(string[] tags)
    {
        for (int t = 0; t < tags.Length; t++)
        {
            if (tags[t] == "I-A" && (t == 0 || tags[t - 1] is "O" or "B-B"))
                tags[t] = "B-A";
        }
        return tags;
    }

    private sealed class Named
    {
        [VectorType(0, SequenceRow.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public string[] Tags { get; set; } = [];
    }
}
