using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>A network that reads several columns is a graph with several inputs.</summary>
public sealed class SeveralInputsTests : IDisposable
{
    private const float Tolerance = 1e-3f;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string FilePath => Path.Combine(_folder, "model.onnx");

    [Fact]
    public void A_file_in_a_pipeline_stands_in_the_place_of_the_network()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Generate(40));
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options()).Fit(data);
        model.SaveAsOnnx(FilePath);
        float[] expected = Scores(model.Transform(data));
        AssertNear(expected, Scores(_ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(data).Transform(data)));
        Assert.Equal(expected, Scores(RecurrentModel.LoadOnnx(FilePath).Transform(data)));
    }

    [Theory]
    [InlineData("Features")]
    [InlineData("Tokens")]
    [InlineData("Machine")]
    [InlineData("Active")]
    [InlineData("Place")]
    public void Every_column_has_an_influence(string column)
    {
        Row[] rows = Generate(40);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        _ml.Regression.Trainers.Recurrent(Options()).Fit(data).SaveAsOnnx(FilePath);
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(data);
        float[] before = Scores(applied.Transform(data));
        foreach (Row row in rows)
        {
            if (column == "Features")
                row.Features = [.. row.Features.Select(value => -value)];
            else if (column == "Tokens")
                row.Tokens = [.. row.Tokens.Select(token => SequenceRow.KeyCount - token)];
            else if (column == "Machine")
                row.Machine = 4 - row.Machine;
            else if (column == "Active")
                row.Active = !row.Active;
            else
                row.Place = [row.Place[1] + 1, row.Place[0]];
        }
        float[] after = Scores(applied.Transform(_ml.Data.LoadFromEnumerable(rows)));
        Assert.True(before.Zip(after).Count(pair => Math.Abs(pair.First - pair.Second) > Tolerance) > 20);
    }

    [Fact]
    public void A_chain_takes_the_transforms_of_its_columns_along()
    {
        Row[] rows = Generate(40);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var trainer = _ml.Regression.Trainers.Recurrent(Options("MachineKey"));
        ITransformer chain = _ml.Transforms.Conversion.MapValueToKey("MachineKey", "MachineName")
            .Append(_ml.Transforms.ReplaceMissingValues(
                "Place", replacementMode: MissingValueReplacingEstimator.ReplacementMode.DefaultValue))
            .Append(_ml.Transforms.NormalizeSequence("Features"))
            .Append(trainer).Fit(data);
        chain.SaveAsOnnx(data.Schema, FilePath);
        ITransformer applied = _ml.Transforms.ApplyOnnxModel(
            ["Score"], ["Features", "Tokens", "MachineName", "Active", "Place"], FilePath).Fit(data);
        float[] found = [.. applied.Transform(data).GetColumn<float[]>("Score").Select(score => score.Single())];
        AssertNear(Scores(chain.Transform(data)), found);
    }

    [Theory]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.DefaultValue)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Mean)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Minimum)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Maximum)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Mode)]
    public void Missing_values_of_static_columns_are_replaced_in_the_file(MissingValueReplacingEstimator.ReplacementMode mode)
    {
        Row[] rows = Generate(40);
        foreach (Row row in rows.Where((_, i) => i % 6 == 1))
            (row.Weight, row.Place[1]) = (float.NaN, float.NaN);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        RecurrentOptions options = Options();
        options.StaticColumnNames = ["Machine", "Filled", "Place"];
        ITransformer chain = _ml.Transforms.ReplaceMissingValues("Filled", "Weight", mode)
            .Append(_ml.Transforms.ReplaceMissingValues("Place", replacementMode: mode))
            .Append(_ml.Regression.Trainers.Recurrent(options)).Fit(data);
        chain.SaveAsOnnx(data.Schema, FilePath);
        ITransformer applied = _ml.Transforms.ApplyOnnxModel(
            ["Score"], ["Features", "Tokens", "Machine", "Weight", "Place"], FilePath).Fit(data);
        float[] found = [.. applied.Transform(data).GetColumn<float[]>("Score").Select(score => score.Single())];
        AssertNear(Scores(chain.Transform(data)), found);
    }

    [Fact]
    public void A_static_column_that_no_graph_makes_is_refused_by_name()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Generate(20));
        ITransformer chain = _ml.Transforms.Concatenate("Machines", "Place").Append(_ml.Transforms.NormalizeMinMax("Place"))
            .Append(_ml.Regression.Trainers.Recurrent(Options())).Fit(data);
        string message = Assert.Throws<NotSupportedException>(() => chain.SaveAsOnnx(data.Schema, FilePath)).Message;
        Assert.Contains("column 'Place'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CharacterEncoder.Convolution, false)]
    [InlineData(CharacterEncoder.Lstm, false)]
    [InlineData(CharacterEncoder.Lstm, true)]
    public void Characters_of_words_are_an_input(CharacterEncoder encoder, bool isOnlyInput)
    {
        var random = new Random(1);
        Words[] rows = [.. Enumerable.Range(0, 30).Select(_ => new Words
        {
            Text = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Spell(random))],
            Value = random.NextSingle(),
        })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView made = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Text", maximumLength: 4)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens", "Text")).Fit(data).Transform(data);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            LabelColumnName = "Value",
            FeatureColumnNames = isOnlyInput ? ["Characters"] : ["Tokens", "Characters"],
            EmbeddingSize = 6,
            CharacterEncoder = encoder,
            Layers = [new LstmLayer(5)],
            NumberOfEpochs = 3,
            Seed = 1,
        }).Fit(made);
        model.SaveAsOnnx(FilePath);
        float[] expected = Scores(model.Transform(made));
        AssertNear(expected, Scores(_ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(made).Transform(made)));
        Assert.Equal(expected, Scores(RecurrentModel.LoadOnnx(FilePath).Transform(made)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Spell(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next('a', 'e')));

    private static RecurrentOptions Options(string machine = "Machine") => new()
    {
        LabelColumnName = "Value",
        FeatureColumnNames = ["Features", "Tokens"],
        StaticColumnNames = [machine, "Active", "Place"],
        EmbeddingSizes = new Dictionary<string, int> { ["Tokens"] = 3, [machine] = 2 },
        Layers = [new GruLayer(6)],
        NumberOfEpochs = 2,
        Seed = 1,
    };

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private static void AssertNear(float[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerance));

    private static Row[] Generate(int count) =>
    [
        .. SequenceRow.Generate(count, seed: 1).Select((row, i) => new Row
        {
            Features = row.Features,
            Tokens = row.Tokens,
            Value = row.Value,
            Machine = (uint)(i % 3) + 1,
            MachineName = $"machine {i % 3}",
            Active = i % 2 == 0,
            Place = [i % 7, i % 5],
            Weight = 3 + i % 4,
        }),
    ];

    private sealed class Row
    {
        [VectorType(0, SequenceRow.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        [KeyType(SequenceRow.KeyCount)]
        public uint[] Tokens { get; set; } = [];

        [KeyType(3)]
        public uint Machine { get; set; }

        public string MachineName { get; set; } = "";

        public bool Active { get; set; }

        [VectorType(2)]
        public float[] Place { get; set; } = [];

        public float Weight { get; set; }

        public float Value { get; set; }
    }

    private sealed class Words
    {
        public string[] Text { get; set; } = [];

        public float Value { get; set; }
    }
}
