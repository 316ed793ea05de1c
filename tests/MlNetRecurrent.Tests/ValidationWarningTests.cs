using Microsoft.ML;
using MlNetRecurrent.Tests.Sequences;

namespace MlNetRecurrent.Tests;

/// <summary>Whether the validation part says how good a network is on data to come.</summary>
public sealed class ValidationWarningTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public ValidationWarningTests() => _warnings = WarningLines.Of(_ml);

    [Theory]
    [InlineData(4, 1, false, true)]
    [InlineData(4, 3, false, true)]
    [InlineData(4, 4, false, false)]
    [InlineData(1, 1, false, false)]
    [InlineData(4, 1, true, false)]
    public void Rows_at_random_of_windows_that_overlap_are_told(int windowSize, int stride, bool lastRows, bool isTold)
    {
        Fit(_ml.Transforms.SlidingWindow("Window", ["Wind"], windowSize, stride)
            .Append(_ml.Transforms.NormalizeSequence("Features", "Window")), Mixed(3), Options(lastRows));
        AssertTold(isTold ? "ValidationOnOverlappingWindows" : null);
    }

    [Fact]
    public void Rows_at_random_of_other_sequences_are_none()
    {
        Fit(_ml.Transforms.GroupIntoSequences("Time", null, ["Wind"], ["Value"])
            .Append(_ml.Transforms.CopyColumns("Features", "Wind")), Mixed(3), Options(lastRows: false));
        AssertTold(null);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public void Last_rows_that_are_of_few_series_are_told(int cacheMegabytes)
    {
        RecurrentOptions options = Options(lastRows: true);
        options.CacheMegabytes = cacheMegabytes;
        Fit(Windows(), OneByOne(4), options);
        AssertTold("ValidationOnFewSeries");
        Assert.Contains("belong to 1 of 4 series in column 'Entity'", _warnings[0], StringComparison.Ordinal);
        _warnings.Clear();
        Fit(Windows(), Mixed(4), options);
        AssertTold(null);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public void The_last_rows_of_each_series_are_set_aside(int cacheMegabytes)
    {
        // In the last quarter of each series the label is another; what is learned does not know of it.
        float[] Weights(float label)
        {
            Reading[] rows = OneByOne(4);
            foreach (Reading row in rows.Where(row => row.Time >= 30))
                row.Value = label;
            RecurrentOptions options = Options(lastRows: true);
            options.ValidationGroupColumnName = "Entity";
            options.ValidationFraction = 0.25;
            options.CacheMegabytes = cacheMegabytes;
            options.NumberOfEpochs = 1;
            return Tests.Weights.Of(Fit(_ml.Transforms.SlidingWindow("Features", ["Wind"], 3, groupColumnName: "Entity",
                start: WindowStart.Pad), rows, options));
        }
        Assert.Equal(Weights(1), Weights(1000));
        AssertTold(null);
    }

    [Fact]
    public void The_column_of_the_series_must_be_there_and_be_wanted()
    {
        RecurrentOptions options = Options(lastRows: true);
        options.ValidationGroupColumnName = "Wrong";
        Assert.Contains("'Wrong' is missing", Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Windows(), Mixed(3), options)).Message,
            StringComparison.Ordinal);
        options.ValidationGroupColumnName = "Features";
        Assert.Contains("expected a scalar", Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Windows(), Mixed(3), options)).Message,
            StringComparison.Ordinal);
        options.ValidateOnLastRows = false;
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.Trainers.Recurrent(options));
    }

    private void AssertTold(string? kind)
    {
        if (kind is null)
            Assert.Empty(_warnings);
        else
            Assert.EndsWith($"(RecurrentWarning.{kind})", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    private RecurrentTransformer Fit(IEstimator<ITransformer> windows, Reading[] rows, RecurrentOptions options) =>
        windows.Append(_ml.Regression.Trainers.Recurrent(options)).Fit(_ml.Data.LoadFromEnumerable(rows)).LastTransformer;

    private IEstimator<ITransformer> Windows() =>
        _ml.Transforms.SlidingWindow("Features", ["Wind"], windowSize: 3, horizon: 1, groupColumnName: "Entity");

    private static RecurrentOptions Options(bool lastRows) =>
        new()
        {
            LabelColumnName = "Value",
            Layers = [new GruLayer(2)],
            NumberOfEpochs = 1,
            ValidationFraction = 0.2,
            ValidateOnLastRows = lastRows,
            Seed = 1,
        };

    private static Reading[] Mixed(int series) => Reading.Generate(40 * series, series, seed: 1);

    private static Reading[] OneByOne(int series) =>
        [.. Enumerable.Range(0, series)
        .SelectMany(one => Reading.Generate(40, 1, seed: one + 1)
        .Select(row => new Reading { Entity = $"entity {one}", Time = row.Time, Wind = row.Wind, Value = row.Value }))];
}
