using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Tests.Crf;

/// <summary>The n best sequences of a tagger with a CRF, through ML.NET.</summary>
public sealed class AlternativesTests : IDisposable
{
    private const int Most = 5;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Theory]
    [InlineData(TagScheme.None)]
    [InlineData(TagScheme.Bio)]
    public void They_are_best_first_and_begin_with_the_predicted_label(TagScheme scheme)
    {
        Row[] rows = Score(Fit(Most, scheme), Sentence.Generate(100, seed: 2));
        Assert.All(rows, row =>
        {
            uint[][] paths = Paths(row);
            Assert.Equal(row.AlternativeProbabilities.Length, paths.Length);
            Assert.Equal(row.PredictedLabel, paths[0]);
            Assert.Equal(paths.Length, paths.Select(path => string.Join(' ', path)).Distinct().Count());
            Assert.Equal(row.AlternativeProbabilities.OrderDescending(), row.AlternativeProbabilities);
            Assert.All(row.AlternativeProbabilities, p => Assert.InRange(p, float.Epsilon, 1 - 1e-8f));
            Assert.InRange(row.AlternativeProbabilities.Sum(), 0, 1.00001f);
            if (scheme == TagScheme.Bio)
                Assert.All(paths, path => Assert.True(IsBio(path), string.Join(' ', path)));
        });
        Assert.Contains(rows, row => row.AlternativeProbabilities.Length == Most);
    }

    [Fact]
    public void There_are_fewer_where_no_more_are_possible()
    {
        Sentence[] rows = [new() { Tokens = ["o"] }, new() { Tokens = [] }, new() { Tokens = ["a", "n"] }];
        Row[] scored = Score(Fit(100), rows);
        // O, B-A and B-B can stand alone; of two steps there are these pairs, and those of B-A and I-A, and of B-B and I-B.
        Assert.Equal([3, 0, 11], scored.Select(row => row.AlternativeProbabilities.Length));
        Assert.Equal([3, 0, 22], scored.Select(row => row.Alternatives.Length));
        Assert.Equal([1u, 2, 4], scored[0].Alternatives.Order().ToArray());
        Assert.Equal(1, scored[2].AlternativeProbabilities.Sum(), 1e-5f);
    }

    [Fact]
    public void The_marginals_are_the_sums_over_all_sequences()
    {
        Row row = Score(Fit(1000), [new() { Tokens = ["a", "n", "o"] }])[0];
        uint[][] paths = Paths(row);
        float[] expected = new float[3 * CrfTraining.Names.Length];
        for (int path = 0; path < paths.Length; path++)
        {
            for (int t = 0; t < 3; t++)
                expected[t * CrfTraining.Names.Length + (int)paths[path][t] - 1] += row.AlternativeProbabilities[path];
        }
        Assert.Equal(expected, row.Score, (x, y) => Math.Abs(x - y) < 1e-5f);
    }

    [Fact]
    public void Columns_have_the_names_of_the_labels_and_are_not_there_without_the_option()
    {
        IDataView data = CrfTraining.Keyed(_ml, Sentence.Generate(5));
        IDataView scored = Fit(Most).Transform(data);
        var expected = new VectorDataViewType(new KeyDataViewType(typeof(uint), CrfTraining.Names.Length));
        Assert.Equal(expected, scored.Schema["Alternatives"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), scored.Schema["AlternativeProbabilities"].Type);
        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Names", "Alternatives").Fit(scored).Transform(scored);
        Assert.All(named.GetColumn<ReadOnlyMemory<char>[]>("Names").Zip(scored.GetColumn<uint[]>("Alternatives")), row =>
            Assert.Equal(row.Second.Select(key => CrfTraining.Names[key - 1]), row.First.Select(name => name.ToString())));
        Assert.DoesNotContain(Fit(0).Transform(data).Schema, column => column.Name.StartsWith("Alternative", StringComparison.Ordinal));
    }

    [Fact]
    public void Neither_the_weights_nor_the_other_columns_depend_on_them()
    {
        TrainingProgress? last = null;
        RecurrentTransformer Train(int alternatives) => CrfTraining.Fit(_ml, options =>
        {
            (options.NumberOfAlternatives, options.ValidationFraction) = (alternatives, 0.2);
            options.Progress = new SynchronousProgress(progress => last = progress);
        });
        RecurrentTransformer with = Train(Most);
        string metrics = string.Join(' ', last!.ValidationMetrics);
        RecurrentTransformer without = Train(0);
        Assert.Equal(string.Join(' ', last.ValidationMetrics), metrics);
        Assert.Equal(Weights.Of(without), Weights.Of(with));
        Sentence[] rows = Sentence.Generate(50, seed: 2);
        IDataView data = CrfTraining.Keyed(_ml, rows);
        Assert.Equal(without.Transform(data).GetColumn<float[]>("Score"), with.Transform(data).GetColumn<float[]>("Score"));
        Assert.Equal(
            without.Transform(data).GetColumn<uint[]>("PredictedLabel"), with.Transform(data).GetColumn<uint[]>("PredictedLabel"));
    }

    [Fact]
    public void A_checkpoint_and_a_previous_model_go_on_with_another_number()
    {
        string path = Path.Combine(_folder, "training.ckpt");
        RecurrentTransformer Train(int epochs, int alternatives, string? path = null) => CrfTraining.Fit(
            _ml,
            options => (options.NumberOfEpochs, options.NumberOfAlternatives, options.CheckpointPath) = (epochs, alternatives, path));
        RecurrentTransformer whole = Train(4, 0);
        Train(2, Most, path);
        RecurrentTransformer resumed = Train(4, 2, path);
        Assert.Equal(Weights.Of(whole), Weights.Of(resumed));
        RecurrentOptions options = CrfTraining.Options();
        options.NumberOfAlternatives = 3;
        IDataView data = CrfTraining.Keyed(_ml, Sentence.Generate(200));
        RecurrentTransformer next = _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(data, resumed);
        Assert.Equal(3, next.Transform(data).GetColumn<float[]>("AlternativeProbabilities").Max(row => row.Length));
    }

    [Fact]
    public void They_come_back_from_a_file_and_for_single_rows()
    {
        RecurrentTransformer model = Fit(Most);
        Sentence[] rows = Sentence.Generate(70, seed: 2);
        IDataView data = CrfTraining.Keyed(_ml, rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Row[] expected = Read(model.Transform(data)), found = Read(loaded.Transform(data));
        AssertEqual(expected, found);
        using PredictionEngine<Keys, Row> engine = _ml.Model.CreatePredictionEngine<Keys, Row>(loaded);
        AssertEqual(expected, [.. _ml.Data.CreateEnumerable<Keys>(data, reuseRowObject: false).Select(engine.Predict)]);

        static void AssertEqual(Row[] expected, Row[] found)
        {
            Assert.Equal(expected.Select(row => row.Alternatives), found.Select(row => row.Alternatives));
            Assert.Equal(expected.Select(row => row.AlternativeProbabilities), found.Select(row => row.AlternativeProbabilities));
        }
    }

    [Fact]
    public void Files_name_them_only_where_there_are_any()
    {
        Assert.DoesNotContain("Alternatives", Describe(Fit(0)), StringComparison.Ordinal);
        Assert.Contains("\"Alternatives\":5", Describe(Fit(Most)), StringComparison.Ordinal);

        static string Describe(RecurrentTransformer model) => Encoding.UTF8.GetString(ModelFile.Describe(model.Model));
    }

    [Theory]
    [InlineData(-1, true, "NumberOfAlternatives must be between 0 and 1000")]
    [InlineData(1001, true, "NumberOfAlternatives must be between 0 and 1000")]
    [InlineData(1, false, "NumberOfAlternatives must be 0 without UseCrf")]
    public void Numbers_that_are_not_possible_are_refused(int alternatives, bool useCrf, string expected)
    {
        RecurrentOptions options = CrfTraining.Options();
        (options.NumberOfAlternatives, options.UseCrf) = (alternatives, useCrf);
        options.TagScheme = TagScheme.None;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SequenceTagger(options));
        Assert.Equal(nameof(RecurrentOptions.NumberOfAlternatives), exception.ParamName);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_trainers_and_columns_of_the_same_name_are_refused()
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.SequenceTagger(new() { NumberOfAlternatives = 2 })).Message;
        Assert.Contains(
            "NumberOfAlternatives must be 0 for trainers other than MulticlassClassification.SequenceTagger", message,
            StringComparison.Ordinal);
        RecurrentOptions options = CrfTraining.Options();
        options.EncodingColumnName = "Alternatives";
        _ml.MulticlassClassification.Trainers.SequenceTagger(options);
        options.NumberOfAlternatives = 2;
        message = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SequenceTagger(options)).Message;
        Assert.Contains("EncodingColumnName is 'Alternatives', which is the name of a column that the trainer adds", message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Fit(int alternatives, TagScheme scheme = TagScheme.Bio) => CrfTraining.Fit(
        _ml, options => (options.NumberOfAlternatives, options.TagScheme, options.NumberOfEpochs) = (alternatives, scheme, 2));

    private Row[] Score(RecurrentTransformer model, Sentence[] rows) => Read(model.Transform(CrfTraining.Keyed(_ml, rows)));

    private Row[] Read(IDataView scored) => [.. _ml.Data.CreateEnumerable<Row>(scored, reuseRowObject: false)];

    private static uint[][] Paths(Row row) => [.. row.Alternatives.Chunk(row.PredictedLabel.Length)];

    private static bool IsBio(uint[] path) =>
        path.Zip([1u, .. path]).All(pair => pair.First is not (3 or 5) || pair.Second == pair.First || pair.Second == pair.First - 1);

    private sealed class Keys
    {
        [KeyType(4)]
        public uint[] Tokens { get; set; } = [];
    }

    private sealed class Row
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];

        public uint[] Alternatives { get; set; } = [];

        public float[] AlternativeProbabilities { get; set; } = [];
    }
}
