using System.Collections.Immutable;
using FsCheck.Fluent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class SlidingWindowTests
{
    private static readonly string[] _inputs = ["Wind", "Pair"];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Windows_are_those_of_a_naive_program()
    {
        var cases =
            from seed in Properties.Between(0, 1 << 20)
            from rows in Properties.Between(0, 60)
            from entities in Properties.Between(0, 3)
            from windowSize in Properties.Between(1, 9)
            from stride in Properties.Between(1, 4)
            from horizon in Properties.Between(0, 5)
            from pads in Properties.Between(0, 1)
            select (seed, rows, entities, windowSize, stride, horizon, pads);
        Properties.Hold(cases, test =>
        {
            Reading[] table = Reading.Generate(test.rows, Math.Max(1, test.entities), test.seed);
            WindowStart start = test.pads == 1 ? WindowStart.Pad : WindowStart.Drop;
            string? groupColumn = test.entities > 0 ? "Entity" : null;
            IDataView view = Cut(
                _ml.Data.LoadFromEnumerable(table), test.windowSize, test.stride, test.horizon, groupColumn, start);
            Windowed[] found = [.. _ml.Data.CreateEnumerable<Windowed>(view, reuseRowObject: false)];
            (int Time, float[] Window)[] expected = [.. table.GroupBy(row => test.entities > 0 ? row.Entity : "")
                .SelectMany(group => Naive([.. group], test.windowSize, test.stride, test.horizon, start))
                .OrderBy(row => row.Time)];
            Assert.Equal(expected.Select(row => row.Time), found.Select(row => row.Time));
            Assert.Equal(expected.Select(row => row.Window), found.Select(row => row.Window));
            Assert.All(found, row => Assert.Equal(table[row.Time].Entity, row.Entity));
        });
    }

    [Fact]
    public void Type_and_slot_names_say_which_column_at_which_lag()
    {
        IDataView windows = Cut(_ml.Data.LoadFromEnumerable(Reading.Generate(9, 1, seed: 1)), windowSize: 2, horizon: 1);
        DataViewSchema.Column column = windows.Schema["Window"];
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2, 3), column.Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(
            ["Wind[t-2]", "Pair.0[t-2]", "Pair.1[t-2]", "Wind[t-1]", "Pair.0[t-1]", "Pair.1[t-1]"],
            names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void A_prediction_engine_is_fed_rows_and_gives_the_windows_that_a_padded_view_has()
    {
        Reading[] table = Reading.Generate(40, 3, seed: 2);
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        ITransformer windows = _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 4, stride: 3, horizon: 2,
            groupColumnName: "Entity", start: WindowStart.Pad).Fit(data);
        using PredictionEngine<Reading, Windowed> engine = _ml.Model.CreatePredictionEngine<Reading, Windowed>(windows);
        float[][] expected = [.. Cut(data, windowSize: 4, groupColumnName: "Entity", start: WindowStart.Pad).GetColumn<float[]>("Window")];
        Assert.Equal(expected, table.Select(row => engine.Predict(row).Window));
        using PredictionEngine<Reading, Windowed> another = _ml.Model.CreatePredictionEngine<Reading, Windowed>(windows);
        Assert.Equal(expected[0], another.Predict(table[0]).Window);
    }

    [Fact]
    public void The_importance_of_a_feature_at_a_lag_is_told_by_its_name()
    {
        Reading[] table = Reading.Generate(1500, 1, seed: 3);
        for (int t = 2; t < table.Length; t++)
            table[t].Value = 10 * table[t - 2].Wind;
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        var pipeline = _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 3, horizon: 1)
            .Append(_ml.Regression.Trainers.Gru("Value", "Window", hiddenSize: 12, numberOfEpochs: 15, learningRate: 0.01f));
        TransformerChain<RecurrentTransformer> model = pipeline.Fit(data);
        IDataView windows = model.First().Transform(data);
        ImmutableDictionary<string, RegressionMetricsStatistics> importance =
            _ml.Regression.PermutationFeatureImportance((ITransformer)model.LastTransformer, windows, "Value");
        Assert.Equal(9, importance.Count);
        Assert.Equal("Wind[t-2]", importance.MaxBy(slot => slot.Value.MeanSquaredError.Mean).Key);
    }

    [Fact]
    public void A_network_on_windows_is_saved_and_predicts_from_rows_with_the_zip_alone()
    {
        Reading[] table = Reading.Generate(400, 1, seed: 4);
        for (int t = 1; t < table.Length; t++)
            table[t].Kind = table[t - 1].Wind > 0.5 ? "sun" : "rain";
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        var pipeline = _ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind")
            .Append(_ml.Transforms.SlidingWindow("Features", ["Wind", "Kinds"], windowSize: 3, horizon: 1))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Kind"))
            .Append(_ml.MulticlassClassification.Trainers.Lstm(hiddenSize: 8, numberOfEpochs: 20, learningRate: 0.02f))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        ITransformer model = pipeline.Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var fresh = new MLContext();
        ITransformer loaded = fresh.Model.Load(stream, out _);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Score")];
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float[]>("Score"));
        using PredictionEngine<Reading, Prediction> engine = fresh.Model.CreatePredictionEngine<Reading, Prediction>(loaded);
        Prediction[] predictions = [.. table.Select(row => engine.Predict(row))];
        Assert.Equal(expected, predictions[2..^1].Select(prediction => prediction.Score));
        Assert.InRange(table[3..].Zip(predictions[2..]).Count(pair => pair.First.Kind == pair.Second.Predicted) / 397.0, 0.95, 1);
    }

    [Fact]
    public void Folds_by_group_do_not_mix_groups()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(300, 6, seed: 5));
        var pipeline = _ml.Transforms.SlidingWindow("Features", _inputs, windowSize: 3, horizon: 1, groupColumnName: "Entity")
            .Append(_ml.Regression.Trainers.ElmanRnn("Value", hiddenSize: 4, numberOfEpochs: 1));
        var folds = _ml.Regression.CrossValidate(
            data, pipeline, numberOfFolds: 3, labelColumnName: "Value", samplingKeyColumnName: "Entity");
        Assert.Equal(3, folds.Count);
        foreach (var fold in folds)
        {
            // Each group of a fold loses the three rows that have no window, and no more.
            Windowed[] scored = [.. _ml.Data.CreateEnumerable<Windowed>(
                fold.ScoredHoldOutSet, reuseRowObject: false, ignoreMissingColumns: true)];
            Dictionary<string, int> all = Reading.Generate(300, 6, seed: 5).CountBy(row => row.Entity).ToDictionary();
            Assert.All(scored.CountBy(row => row.Entity), group => Assert.Equal(all[group.Key] - 3, group.Value));
        }
    }

    [Fact]
    public void Windows_of_several_horizons_are_for_views_and_an_engine_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(20, 1, seed: 1));
        ITransformer windows = _ml.Transforms.SlidingWindow("Past", ["Wind"], windowSize: 3, horizon: 1)
            .Append(_ml.Transforms.SlidingWindow("Window", ["Pair"], windowSize: 3)).Fit(data);
        Assert.Equal(20 - 3 - 2, windows.Transform(data).GetColumn<int>("Time").Count());
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.CreatePredictionEngine<Reading, Windowed>(windows)).Message;
        Assert.Contains("Windows 'Past' have the horizon 1, windows 'Window' 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_out_of_order_are_an_error_where_order_is_checked()
    {
        Reading[] table = Reading.Generate(20, 2, seed: 1);
        table[9].Entity = table[8].Entity = table[7].Entity = "entity 0";
        (table[8], table[9]) = (table[9], table[8]);
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        IEstimator<ITransformer> windows = _ml.Transforms.SlidingWindow(
            "Window", _inputs, windowSize: 2, groupColumnName: "Entity", orderColumnName: "Time");
        string message = Assert.Throws<InvalidOperationException>(
            () => windows.Fit(data).Transform(data).GetColumn<float[]>("Window").ToArray()).Message;
        Assert.Contains("Row 9 (counted from 0) has 8 in order column 'Time', before the 9", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_another_width_than_that_of_the_fit_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(9, 1, seed: 1));
        ITransformer windows = _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 2).Fit(data);
        IDataView other = _ml.Data.LoadFromEnumerable([new { Wind = 1f, Pair = 2f }]);
        string message = Assert.Throws<InvalidOperationException>(() => windows.Transform(other)).Message;
        Assert.Contains("hold 2 numbers a row; the windows were fitted on 3", message, StringComparison.Ordinal);
        message = Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.SlidingWindow("Window", [.. Enumerable.Repeat("Pair", 10)], windowSize: 1 << 20).Fit(data)).Message;
        Assert.Contains("at most 16777216", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_missing_is_named_by_its_column_and_lag()
    {
        Reading[] table = Reading.Generate(20, 1, seed: 1);
        table[5].Wind = float.NaN;
        var pipeline = _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 3, horizon: 1)
            .Append(_ml.Regression.Trainers.ElmanRnn("Value", "Window", hiddenSize: 4, numberOfEpochs: 1));
        string message = Assert.Throws<InvalidOperationException>(() => pipeline.Fit(_ml.Data.LoadFromEnumerable(table))).Message;
        Assert.Contains("'Wind[t-1]'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wrong", "'Wrong' is missing")]
    [InlineData("Kind", "'Kind' is String; expected Single or a vector")]
    [InlineData("Time", "'Time' is Int32")]
    public void A_column_that_is_missing_or_of_another_kind_is_refused(string column, string message)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(9, 1, seed: 1));
        IEstimator<ITransformer> windows = _ml.Transforms.SlidingWindow("Window", ["Wind", column], windowSize: 2);
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => windows.Fit(data)).Message, StringComparison.Ordinal);
        string refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => windows.GetOutputSchema(Interop.SchemaShapes.Of(data.Schema))).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_their_range_are_refused_when_the_transform_is_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 1, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.SlidingWindow("Window", _inputs, windowSize: 1, horizon: -1));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.SlidingWindow("Window", [], windowSize: 1));
    }

    private IDataView Cut(
        IDataView data, int windowSize, int stride = 1, int horizon = 0, string? groupColumnName = null,
        WindowStart start = WindowStart.Drop) =>
        _ml.Transforms.SlidingWindow("Window", _inputs, windowSize, stride, horizon, groupColumnName, start).Fit(data).Transform(data);

    private static IEnumerable<(int Time, float[] Window)> Naive(Reading[] rows, int windowSize, int stride, int horizon, WindowStart start)
    {
        int first = horizon + (start == WindowStart.Drop ? windowSize - 1 : 0);
        for (int t = first; t < rows.Length; t += stride)
        {
            IEnumerable<int> steps = Enumerable.Range(t - horizon - windowSize + 1, windowSize);
            yield return (rows[t].Time, [.. steps.SelectMany(i => rows[Math.Max(0, i)].Numbers)]);
        }
    }
}
