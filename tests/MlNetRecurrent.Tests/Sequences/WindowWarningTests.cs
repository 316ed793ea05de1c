using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class WindowWarningTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public WindowWarningTests() => _warnings = WarningLines.Of(_ml);

    [Fact]
    public void Series_that_are_shorter_than_a_window_are_told_once_a_view()
    {
        IDataView data = Table(("A", 9), ("B", 3), ("C", 5), ("D", 4), ("E", 2), ("F", 1));
        IDataView windows = Transform(Options(windowSize: 4, horizon: 1, group: "Entity"), data);
        Read(windows);
        Read(windows);
        string warning = Assert.Single(_warnings);
        Assert.StartsWith(
            "4 of 6 series in column 'Entity' are left out, since they have too few rows: ", warning, StringComparison.Ordinal);
        Assert.Contains(": 'B' with 3, 'D' with 4, 'E' with 2, …; a window needs 5", warning, StringComparison.Ordinal);
        Assert.EndsWith("(RecurrentWarning.SeriesWithoutWindow)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_of_a_key_column_has_the_name_of_the_value()
    {
        IDataView data = Table(("A", 9), ("B", 3));
        data = _ml.Transforms.Conversion.MapValueToKey("Key", "Entity").Fit(data).Transform(data);
        Read(Transform(Options(windowSize: 4, group: "Key"), data));
        Assert.Contains("'B' with 3", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_shorter_than_a_window_is_told_and_the_error_of_the_trainer_says_why()
    {
        IDataView data = Table(("A", 6));
        var pipeline = _ml.Transforms.SlidingWindow("Features", ["Wind"], windowSize: 7, horizon: 2)
            .Append(_ml.Regression.Trainers.Gru("Value", numberOfEpochs: 1));
        string message = Assert.Throws<InvalidOperationException>(() => pipeline.Fit(data)).Message;
        Assert.Contains("Windows of 7 rows, horizon 2, need a table of at least 9 rows", message, StringComparison.Ordinal);
        Assert.Contains("No row is left of the table, since it has too few: 6; a window needs 9", Assert.Single(_warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Padded_windows_need_no_more_rows_than_the_horizon_has()
    {
        SlidingWindowOptions options = Options(windowSize: 4, horizon: 2, group: "Entity");
        options.Start = WindowStart.Pad;
        Read(Transform(options, Table(("A", 9), ("B", 3))));
        Assert.Empty(_warnings);
        Read(Transform(options, Table(("A", 9), ("B", 2))));
        Assert.Contains("'B' with 2", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_split_and_then_cached_are_told()
    {
        IDataView cached = _ml.Data.Cache(_ml.Data.TrainTestSplit(Table(("A", 40)), testFraction: 0.5).TrainSet);
        Transform(Options(windowSize: 2), cached);
        Assert.Contains("split at random", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Cached_rows_are_no_reason_to_warn()
    {
        Transform(Options(windowSize: 2), _ml.Data.Cache(Table(("A", 40))));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Warnings_are_silenced_or_made_errors()
    {
        IDataView data = Table(("A", 9), ("B", 3));
        SlidingWindowOptions options = Options(windowSize: 4, group: "Entity");
        options.TreatWarningsAsErrors = true;
        Assert.Contains("SeriesWithoutWindow", Assert.Throws<InvalidOperationException>(() => Read(Transform(options, data))).Message,
            StringComparison.Ordinal);
        options.IgnoredWarnings = [RecurrentWarning.SeriesWithoutWindow];
        Read(Transform(options, data));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_stride_that_thins_what_is_scored_is_told_once()
    {
        IDataView training = Table(("A", 40)), test = Table(("A", 20));
        ITransformer windows = _ml.Transforms.SlidingWindow(Options(windowSize: 4, stride: 5)).Fit(training);
        Assert.Equal(8, Read(windows.Transform(training)));
        Assert.Empty(_warnings);
        Assert.Equal(4, Read(windows.Transform(test)));
        windows.Transform(test);
        Assert.EndsWith("(RecurrentWarning.StrideInScoring)", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stride_in_training_only_leaves_no_row_of_other_data_out()
    {
        IDataView training = Table(("A", 40)), test = Table(("A", 20));
        SlidingWindowOptions options = Options(windowSize: 4, stride: 5);
        options.StrideInTrainingOnly = true;
        var pipeline = _ml.Transforms.SlidingWindow(options)
            .Append(_ml.Regression.Trainers.Gru("Value", "Window", hiddenSize: 2, numberOfEpochs: 1));
        TransformerChain<RecurrentTransformer> model = pipeline.Fit(training);
        Assert.Equal(8, model.LastTransformer.Training.Sequences);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, training.Schema, stream);
        stream.Position = 0;
        Assert.Equal(17, Read(model.Transform(test)));
        Assert.Equal(37, Read(model.Transform(training)));
        Assert.Equal(17, Read(_ml.Model.Load(stream, out _).Transform(test)));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("TrainTestSplit", null, true)]
    [InlineData("TrainTestSplit by Entity", "Entity", false)]
    [InlineData("TrainTestSplit by Entity", null, true)]
    [InlineData("TrainTestSplit by Entity", "Key", false)]
    [InlineData("TrainTestSplit by Time", "Entity", true)]
    [InlineData("CrossValidationSplit", "Entity", true)]
    [InlineData("ShuffleRows", null, true)]
    [InlineData("TimeSplit", "Entity", false)]
    [InlineData("FilterRowsByColumn", null, false)]
    [InlineData("TakeRows", null, false)]
    public void Rows_that_were_taken_out_of_their_midst_are_told(string split, string? group, bool isTold)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(300, 3, seed: 1));
        data = _ml.Transforms.Conversion.MapValueToKey("Key", "Entity").Fit(data).Transform(data);
        IDataView part = split switch
        {
            "TrainTestSplit" => _ml.Data.TrainTestSplit(data, 0.3).TrainSet,
            "TrainTestSplit by Entity" => _ml.Data.TrainTestSplit(data, 0.3, "Entity").TrainSet,
            "TrainTestSplit by Time" => _ml.Data.TrainTestSplit(data, 0.3, "Time").TestSet,
            "CrossValidationSplit" => _ml.Data.CrossValidationSplit(data, 3)[1].TrainSet,
            "ShuffleRows" => _ml.Data.ShuffleRows(data),
            "TimeSplit" => _ml.Data.TimeSplit(data, 0.3).TestSet,
            "FilterRowsByColumn" => _ml.Data.FilterRowsByColumn(data, "Wind", 0.1),
            _ => _ml.Data.TakeRows(data, 200),
        };
        IEstimator<ITransformer> windows = _ml.Transforms.CopyColumns("Copy", "Wind")
            .Append(_ml.Transforms.SlidingWindow(Options(windowSize: 2, group: group)));
        Read(windows.Fit(part).Transform(part));
        Assert.Equal(isTold, _warnings.Exists(line => line.EndsWith("(RecurrentWarning.RowsNotConsecutive)", StringComparison.Ordinal)));
        Assert.Equal(isTold ? 1 : 0, _warnings.Count);
    }

    [Fact]
    public void A_split_after_the_windows_is_no_warning()
    {
        IDataView windows = Transform(Options(windowSize: 4), Table(("A", 90)));
        TrainTestData split = _ml.Data.TrainTestSplit(windows);
        _ml.Regression.Trainers.Gru("Value", "Window", hiddenSize: 2, numberOfEpochs: 1).Fit(split.TrainSet);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Groups_that_a_split_parts_are_told()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(100, 3, seed: 1));
        IEstimator<ITransformer> groups = _ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind"]);
        groups.Fit(data).Transform(_ml.Data.TrainTestSplit(data, 0.3, "Entity").TestSet);
        groups.Fit(data).Transform(_ml.Data.ShuffleRows(data));
        Assert.Empty(_warnings);
        groups.Fit(data).Transform(_ml.Data.TrainTestSplit(data, 0.3).TestSet);
        Assert.EndsWith("(RecurrentWarning.RowsNotConsecutive)", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Cross_validation_before_windows_is_told_and_by_group_it_is_not()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(300, 6, seed: 5));
        var pipeline = _ml.Transforms.SlidingWindow("Features", ["Wind"], windowSize: 3, horizon: 1, groupColumnName: "Entity")
            .Append(_ml.Regression.Trainers.ElmanRnn("Value", hiddenSize: 2, numberOfEpochs: 1));
        _ml.Regression.CrossValidate(data, pipeline, numberOfFolds: 3, labelColumnName: "Value", samplingKeyColumnName: "Entity");
        Assert.Empty(_warnings);
        _ml.Regression.CrossValidate(data, pipeline, numberOfFolds: 2, labelColumnName: "Value");
        Assert.Equal(2, _warnings.Count(line => line.Contains("TrainTestSplit or CrossValidate", StringComparison.Ordinal)));
    }

    private static SlidingWindowOptions Options(int windowSize, int horizon = 0, int stride = 1, string? group = null) =>
        new()
        {
            OutputColumnName = "Window",
            InputColumnNames = ["Wind"],
            WindowSize = windowSize,
            Horizon = horizon,
            Stride = stride,
            GroupColumnName = group,
        };

    private IDataView Transform(SlidingWindowOptions options, IDataView data) =>
        _ml.Transforms.SlidingWindow(options).Fit(data).Transform(data);

    private static int Read(IDataView view) => Rows.Of(view, view.Schema["Time"]).Length;

    private IDataView Table(params (string Entity, int Rows)[] series) => _ml.Data.LoadFromEnumerable(
        series.SelectMany(one => Reading.Generate(one.Rows, 1, seed: 1)
            .Select(row => new Reading
            {
                Entity = one.Entity,
                Time = row.Time,
                Wind = row.Wind,
                Pair = row.Pair,
                Value = row.Value,
            })).ToArray());
}
