using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>A file in a pipeline reads and refuses the rows that the network does, and leaves the input columns as they are.</summary>
public sealed class ApplyInputTests : IDisposable
{
    private const float Tolerance = 1e-3f;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private static readonly Dictionary<string, (Action<Row> Spoil, string Message)> _unreadable = new()
    {
        ["an empty column beside another"] = (row => row.Tokens = [], "and 0 in column 'Tokens'"),
        ["an empty first column"] = (row => row.Features = [], "has 0 steps in column 'Features'"),
        ["other lengths"] = (row => row.Tokens = [1, .. row.Tokens], "all feature columns of a row have the same number of steps"),
        ["part of a step"] = (row => row.Features = [1, .. row.Features], "not a whole number of steps"),
        ["NaN in a feature"] = (row => row.Features[3] = float.NaN, "step 1, feature 1 (all counted from 0) is NaN"),
        ["NaN in a static column"] = (row => row.Place[1] = float.NaN, "slot 1 (both counted from 0) is NaN"),
        ["a token beyond the vocabulary"] = (row => row.Tokens[0] = 9, "holds key 9, beyond the 4 of its type"),
    };

    public static TheoryData<string> Unreadable => [.. _unreadable.Keys];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_row_that_the_network_refuses_is_refused_with_its_message(string name)
    {
        Row[] rows = Row.Generate(20);
        (RecurrentTransformer model, ITransformer applied) = Train(_ml.Data.LoadFromEnumerable(rows));
        _unreadable[name].Spoil(rows[7]);
        IDataView spoiled = _ml.Data.LoadFromEnumerable(rows);
        foreach (ITransformer other in (ITransformer[])[applied, Reload(applied, spoiled.Schema)])
        {
            string expected = RefusalOf(model, spoiled);
            Assert.Contains(_unreadable[name].Message, expected, StringComparison.Ordinal);
            Assert.Contains("ow 7", expected, StringComparison.Ordinal);
            Assert.Equal(expected, RefusalOf(other, spoiled));
            using PredictionEngine<Row, Prediction> modelEngine = _ml.Model.CreatePredictionEngine<Row, Prediction>(model);
            using PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(other);
            expected = Assert.Throws<InvalidOperationException>(() => modelEngine.Predict(rows[7])).Message;
            Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => engine.Predict(rows[7])).Message);
        }
    }

    [Theory]
    [InlineData("Tokens")]
    [InlineData("Machine")]
    public void A_column_with_more_keys_is_refused_with_the_message_of_the_network(string column)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Row.Generate(20));
        (RecurrentTransformer model, ITransformer applied) = Train(data);
        IDataView other = _ml.Transforms.CopyColumns(column, column == "Tokens" ? "MoreTokens" : "MoreMachines").Fit(data).Transform(data);
        string expected = Assert.Throws<InvalidOperationException>(() => model.Transform(other)).Message;
        Assert.Contains("has 9 keys", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => applied.Transform(other)).Message);
    }

    [Fact]
    public void An_empty_sequence_has_the_score_that_the_network_gives()
    {
        Row[] rows = Row.Generate(20);
        (rows[4].Features, rows[4].Tokens) = ([], []);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        (RecurrentTransformer model, ITransformer applied) = Train(data);
        AssertNear(Scores(model.Transform(data)), Scores(applied.Transform(data)));
    }

    [Theory]
    [InlineData("Tokens", "feature")]
    [InlineData("Machine", "static")]
    public void A_missing_column_is_named_as_the_network_names_it(string column, string role)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Row.Generate(20));
        (RecurrentTransformer model, ITransformer applied) = Train(data);
        IDataView without = _ml.Transforms.DropColumns(column).Fit(data).Transform(data);
        string expected = Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(without)).Message;
        Assert.Contains($"The model reads {role} column '{column}'", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => applied.Transform(without)).Message);
        IEstimator<ITransformer> estimator = _ml.Transforms.ApplyRecurrentOnnx(FilePath);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(without)).Message);
    }

    [Theory]
    [InlineData("Words", "Machine")]
    [InlineData("Tokens", "Name")]
    public void Keys_with_other_values_behind_them_are_refused(string sequence, string machine)
    {
        IDataView data = WithKeys(Row.Generate(20)), other = WithKeys([.. Row.Generate(20).Reverse()]);
        (RecurrentTransformer model, ITransformer applied) = Train(data, sequence, machine);
        AssertNear(Scores(model.Transform(data)), Scores(applied.Transform(data)));
        string expected = Assert.Throws<InvalidOperationException>(() => model.Transform(other)).Message;
        Assert.Contains("other values behind them", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => applied.Transform(other)).Message);
        ITransformer loaded = Reload(applied, data.Schema);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => loaded.Transform(other)).Message);
    }

    [Theory]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.UInt64)]
    public void Keys_of_other_integers_are_read(DataKind kind)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Row.Generate(20));
        data = _ml.Transforms.Conversion.ConvertType("Tokens", outputKind: kind)
            .Append(_ml.Transforms.Conversion.ConvertType("Machine", outputKind: kind)).Fit(data).Transform(data);
        (RecurrentTransformer model, ITransformer applied) = Train(data);
        AssertNear(Scores(model.Transform(data)), Scores(applied.Transform(data)));
        AssertNear(Scores(model.Transform(data)), Scores(Reload(applied, data.Schema).Transform(data)));
    }

    [Fact]
    public void The_input_columns_come_out_as_they_were()
    {
        IDataView data = WithKeys(Row.Generate(20));
        (_, ITransformer applied) = Train(data, "Words", "Name");
        IDataView scored = applied.Transform(data);
        Assert.Equal(
            [.. data.Schema.Where(column => !column.IsHidden).Select(column => column.Name).Order(), "Score"],
            scored.Schema.Where(column => !column.IsHidden).Select(column => column.Name).Order()
                .OrderBy(name => name == "Score"));
        foreach (string name in (string[])["Features", "Words", "Name", "Active", "Place"])
        {
            Assert.Equal(data.Schema[name].Type, scored.Schema[name].Type);
            Assert.Equal(
                data.Schema[name].Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)),
                scored.Schema[name].Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)));
        }
        Assert.Equal(data.GetColumn<bool>("Active"), scored.GetColumn<bool>("Active"));
        Assert.Equal(data.GetColumn<float[]>("Features"), scored.GetColumn<float[]>("Features"));
        IDataView texts = _ml.Transforms.Conversion.MapKeyToValue("Words").Append(_ml.Transforms.Conversion.MapKeyToValue("Name"))
            .Fit(scored).Transform(scored);
        Assert.Equal(Row.Generate(20).Select(row => row.Name), texts.GetColumn<string>("Name"));
        Assert.Equal(Row.Generate(20).Select(row => row.Words), texts.GetColumn<string[]>("Words"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Windows_that_are_not_full_yet_have_no_score(bool isFilled)
    {
        Row[] rows = Row.Generate(40);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IEstimator<ITransformer> window = _ml.Transforms.SlidingWindow("Window", ["Value"], windowSize: 4);
        // Its numbers take the place of the marks of the window.
        if (isFilled)
            window = window.Append(_ml.Transforms.ReplaceMissingValues("Window"));
        ITransformer windows = window.Fit(data);
        IDataView windowed = windows.Transform(data);
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", "Window", hiddenSize: 4, numberOfEpochs: 1).Fit(windowed);
        model.SaveAsOnnx(FilePath);
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(windowed);
        float[] expected = Predict(new TransformerChain<ITransformer>(windows, model)).ToArray();
        Assert.Equal(3, expected.Count(float.IsNaN));
        AssertNear(expected, Predict(new TransformerChain<ITransformer>(windows, applied)).ToArray());

        IEnumerable<float> Predict(ITransformer chain)
        {
            using PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(chain);
            foreach (Row row in rows)
                yield return engine.Predict(row).Score;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FilePath => Path.Combine(_folder, "model.onnx");

    private (RecurrentTransformer Model, ITransformer Applied) Train(IDataView data, string sequence = "Tokens", string machine = "Machine")
    {
        var options = new RecurrentOptions
        {
            LabelColumnName = "Value",
            FeatureColumnNames = ["Features", sequence],
            StaticColumnNames = [machine, "Active", "Place"],
            Layers = [new GruLayer(6)],
            NumberOfEpochs = 1,
            Seed = 1,
        };
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(data);
        model.SaveAsOnnx(FilePath);
        return (model, _ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(data));
    }

    private IDataView WithKeys(Row[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Words").Append(_ml.Transforms.Conversion.MapValueToKey("Name"))
            .Fit(data).Transform(data);
    }

    private static ITransformer Reload(ITransformer transformer, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    /// <summary>The message about a row. The parallel cursors of ML.NET wrap the exception.</summary>
    private static string RefusalOf(ITransformer model, IDataView data) =>
        Assert.Throws<InvalidOperationException>(() => Scores(model.Transform(data))).GetBaseException().Message;

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private static void AssertNear(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }

    private sealed class Row
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint[] Tokens { get; set; } = [];

        public string[] Words { get; set; } = [];

        [KeyType(9)]
        public uint[] MoreTokens => Tokens;

        [KeyType(3)]
        public uint Machine { get; set; }

        [KeyType(9)]
        public uint MoreMachines => Machine;

        public string Name { get; set; } = "";

        public bool Active { get; set; }

        [VectorType(2)]
        public float[] Place { get; set; } = [];

        public float Value { get; set; }

        public static Row[] Generate(int count) =>
        [
            .. Enumerable.Range(0, count).Select(i => new Row
            {
                Features = [.. Enumerable.Range(0, 2 * (2 + i % 4)).Select(k => (float)Math.Sin(i + k))],
                Tokens = [.. Enumerable.Range(0, 2 + i % 4).Select(t => (uint)((i + t) % 5))],
                Words = [.. Enumerable.Range(0, 2 + i % 4).Select(t => $"word {(i + t) % 4}")],
                Machine = (uint)(i % 3) + 1,
                Name = $"machine {i % 3}",
                Active = i % 2 == 0,
                Place = [i % 7, i % 5],
                Value = 10 + i % 6,
            }),
        ];
    }
}
