using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Rows of an engine that have too few rows before them for a window, which training leaves out.</summary>
public sealed class IncompleteWindowTests
{
    private const int WindowSize = 4;
    private static readonly string[] _inputs = ["Wind", "Pair"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly Reading[] _table = Reading.Generate(60, 2, seed: 1);

    [Fact]
    public void Have_no_score_of_a_regression() =>
        AssertMissing<Single>(_ml.Regression.Trainers.Recurrent(Options("Value")), row => [row.Score], _ => true);

    [Fact]
    public void Have_neither_score_nor_probability_of_a_binary_classification() =>
        AssertMissing<Binary>(_ml.BinaryClassification.Trainers.Recurrent(Options("Answer")), row => [row.Score, row.Probability],
            row => !row.PredictedLabel);

    [Fact]
    public void Have_no_class() =>
        AssertMissing<Class>(
            _ml.MulticlassClassification.Trainers.Recurrent(Options("Kind")), row => row.Score, row => row.PredictedLabel == 0);

    [Fact]
    public void Have_no_tags() =>
        AssertMissing<Tags>(
            _ml.MulticlassClassification.Trainers.SequenceTagger(Options("Tags")),
            row => row.Score, row => row.PredictedLabel is [0, 0, 0, 0]);

    [Fact]
    public void Have_no_actions_of_stacks()
    {
        RecurrentOptions options = Options("Value");
        options.Layers = [new LstmLayer(3) { TimeReduction = 3 }, new StackLayer(4) { NumberOfStacks = 2, StackSize = 3 }];
        options.StackActionsColumnName = "Actions";
        TransformerChain<RecurrentTransformer> model = Pipeline(WindowStart.Drop).Append(_ml.Regression.Trainers.Recurrent(options))
            .Fit(_ml.Data.LoadFromEnumerable(_table));
        using PredictionEngine<Reading, Single> engine = _ml.Model.CreatePredictionEngine<Reading, Single>(model);
        Single[] found = [.. _table.Where(row => row.Entity == "entity 0").Take(WindowSize).Select(row => engine.Predict(row))];
        Assert.All(found[..^1], row => Assert.Equal(Enumerable.Repeat(float.NaN, found[^1].Actions.Length), row.Actions));
        Assert.All(found[^1].Actions, number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void Windows_of_such_rows_are_NaN()
    {
        ITransformer windows = _ml.Transforms.SlidingWindow("Window", _inputs, WindowSize).Fit(_ml.Data.LoadFromEnumerable(_table));
        using PredictionEngine<Reading, Windowed> engine = _ml.Model.CreatePredictionEngine<Reading, Windowed>(windows);
        float[][] found = [.. _table.Take(WindowSize).Select(row => engine.Predict(row).Window)];
        Assert.All(found[..^1], window => Assert.All(window, number => Assert.True(float.IsNaN(number))));
        Assert.Equal(_table.Take(WindowSize).SelectMany(row => row.Numbers), found[^1]);
    }

    [Fact]
    public void Padded_windows_are_scored_from_the_first_row()
    {
        ITransformer model = Pipeline(WindowStart.Pad).Append(_ml.Regression.Trainers.Recurrent(Options("Value")))
            .Fit(_ml.Data.LoadFromEnumerable(_table));
        using PredictionEngine<Reading, Single> engine = _ml.Model.CreatePredictionEngine<Reading, Single>(model);
        Assert.All(_table, row => Assert.True(float.IsFinite(engine.Predict(row).Score)));
    }

    [Fact]
    public void The_mark_survives_transforms_between_window_and_network()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        ITransformer model = _ml.Transforms.SlidingWindow("A", ["Wind"], WindowSize)
            .Append(_ml.Transforms.NormalizeSequence("A", "A", SequenceNormalization.MeanVariance))
            .Append(_ml.Transforms.Differences("A", "A"))
            .Append(_ml.Transforms.Conversion.ConvertType("C", "A", DataKind.Double))
            .Append(_ml.Transforms.Conversion.ConvertType("C", outputKind: DataKind.Single))
            .Append(_ml.Regression.Trainers.Gru("Value", "C", hiddenSize: 2, numberOfEpochs: 1)).Fit(data);
        using PredictionEngine<Reading, Single> engine = _ml.Model.CreatePredictionEngine<Reading, Single>(model);
        Assert.Equal([true, true, true, false, false], _table.Take(5).Select(row => float.IsNaN(engine.Predict(row).Score)));
    }

    [Theory]
    [InlineData("ReplaceMissingValues")]
    [InlineData("NormalizeLogMeanVariance")]
    [InlineData("CustomMapping")]
    public void Windows_whose_marks_a_transform_has_replaced_have_no_score(string transform)
    {
        IEstimator<ITransformer> replacing = transform switch
        {
            "ReplaceMissingValues" => _ml.Transforms.ReplaceMissingValues("A"),
            "NormalizeLogMeanVariance" => _ml.Transforms.NormalizeLogMeanVariance("A"),
            _ => _ml.Transforms.CustomMapping<Marked, Marked>(
                (from, to) => to.A = [.. from.A.Select(x => float.IsNaN(x) ? 0 : x)], contractName: null),
        };
        ITransformer model = _ml.Transforms.SlidingWindow("A", ["Wind"], WindowSize).Append(replacing)
            .Append(_ml.Regression.Trainers.Gru("Value", "A", hiddenSize: 2, numberOfEpochs: 1)).Fit(_ml.Data.LoadFromEnumerable(_table));
        using PredictionEngine<Reading, Single> engine = _ml.Model.CreatePredictionEngine<Reading, Single>(model);
        Assert.Equal([true, true, true, false, false], _table.Take(5).Select(row => float.IsNaN(engine.Predict(row).Score)));
    }

    [Fact]
    public void A_missing_number_of_the_data_is_an_error_as_before()
    {
        ITransformer model = Pipeline(WindowStart.Drop).Append(_ml.Regression.Trainers.Recurrent(Options("Value")))
            .Fit(_ml.Data.LoadFromEnumerable(_table));
        using PredictionEngine<Reading, Single> engine = _ml.Model.CreatePredictionEngine<Reading, Single>(model);
        Reading[] rows = [.. Enumerable.Range(0, WindowSize)
            .Select(i => new Reading { Entity = "new", Wind = i == 2 ? float.NaN : 1, Pair = [1, 1], Kind = "sun" })];
        foreach (Reading row in rows[..^1])
            Assert.True(float.IsNaN(engine.Predict(row).Score));
        Assert.Contains("'Wind[t-1]', is NaN", Assert.Throws<InvalidOperationException>(() => engine.Predict(rows[^1])).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Whole windows have the values of a view, after saving and loading; the others none.</summary>
    private void AssertMissing<T>(IEstimator<RecurrentTransformer> trainer, Func<T, float[]> scores, Func<T, bool> isLabelMissing)
        where T : class, IEncoded, new()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        using var stream = new MemoryStream();
        _ml.Model.Save(Pipeline(WindowStart.Drop).Append(trainer).Fit(data), data.Schema, stream);
        stream.Position = 0;
        var fresh = new MLContext();
        ITransformer model = fresh.Model.Load(stream, out _);
        using PredictionEngine<Reading, T> engine = fresh.Model.CreatePredictionEngine<Reading, T>(model);
        IDataView view = model.Transform(data);
        var complete = new Queue<T>(fresh.Data.CreateEnumerable<T>(view, reuseRowObject: false, ignoreMissingColumns: true));
        Assert.Equal(60 - 2 * (WindowSize - 1), complete.Count);
        for (int i = 0; i < _table.Length; i++)
        {
            T found = engine.Predict(_table[i]);
            if (_table[..i].Count(before => before.Entity == _table[i].Entity) >= WindowSize - 1)
            {
                T expected = complete.Dequeue();
                Assert.Equal(scores(expected), scores(found));
                Assert.Equal(expected.Encoding, found.Encoding);
                continue;
            }
            Assert.All(scores(found).Concat(found.Encoding), number => Assert.True(float.IsNaN(number)));
            Assert.True(isLabelMissing(found));
        }
    }

    private IEstimator<ITransformer> Pipeline(WindowStart start) => _ml.Transforms.Concatenate("Tags", "Kind", "Kind", "Kind", "Kind")
        .Append(_ml.Transforms.Conversion.MapValueToKey([new("Kind"), new("Tags")]))
        .Append(_ml.Transforms.SlidingWindow("Features", _inputs, WindowSize, groupColumnName: "Entity", start: start));

    private static RecurrentOptions Options(string label) =>
        new() { LabelColumnName = label, Layers = [new LstmLayer(3)], NumberOfEpochs = 1, EncodingColumnName = "Encoding" };

    private sealed class Marked
    {
        [VectorType(WindowSize)]
        public float[] A { get; set; } = [];
    }

    private interface IEncoded
    {
        float[] Encoding { get; }
    }

    private sealed class Single : IEncoded
    {
        public float Score { get; set; }

        public float[] Encoding { get; set; } = [];

        public float[] Actions { get; set; } = [];
    }

    private sealed class Binary : IEncoded
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }

        public float[] Encoding { get; set; } = [];
    }

    private sealed class Class : IEncoded
    {
        public float[] Score { get; set; } = [];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }

        public float[] Encoding { get; set; } = [];
    }

    private sealed class Tags : IEncoded
    {
        public float[] Score { get; set; } = [];

        [KeyType(3)]
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Encoding { get; set; } = [];
    }
}
