using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>The times of the rows of a series.</summary>
public sealed class ForecastTimeTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public ForecastTimeTests() => _warnings = LoggedWarnings.Of(_ml);

    [Fact]
    public void A_gap_is_a_warning_that_names_its_row_and_counts_the_others()
    {
        Fit([0, 1, 2, 3, 5, 6, 7, 10, 11, 12]);
        string warning = Assert.Single(_warnings);
        Assert.StartsWith("Row 4 (counted from 0)", warning, StringComparison.Ordinal);
        Assert.Contains("2 rows in all", warning, StringComparison.Ordinal);
        Assert.Contains("RecurrentWarning.SeriesGaps", warning, StringComparison.Ordinal);
        _warnings.Clear();
        var exception = Assert.Throws<InvalidOperationException>(
            () => Fit([0, 1, 2, 4, 5, 6], options => options.TreatWarningsAsErrors = true));
        Assert.Contains("SeriesGaps", exception.Message, StringComparison.Ordinal);
        Fit([0, 1, 2, 4, 5, 6], options => options.IgnoredWarnings = [RecurrentWarning.SeriesGaps]);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Series_have_intervals_of_their_own_and_months_differ_a_little()
    {
        Fit([0, 31, 59, 90, 120, 151], change: null, [.. Rows([0, 1, 2, 3, 4, 5]).Select(row => row with { Shop = "other" })]);
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(2f, "row 3 (counted from 0) has the time of the row before in group 'a' of column 'Shop'")]
    [InlineData(1f, "row 3 (counted from 0) is before the last row in group 'a' of column 'Shop'")]
    [InlineData(float.NaN, "row 3 (counted from 0) has no time")]
    [InlineData(float.PositiveInfinity, "row 3 (counted from 0) has no time")]
    public void Times_must_rise(float time, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Fit([0, 1, 2, time, 4, 5]));
        Assert.StartsWith("Time column 'Day': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        ForecastTransformer model = Fit([0, 1, 2, 3, 4, 5]);
        Assert.Equal(
            exception.Message,
            Assert.Throws<InvalidOperationException>(() => ForecastTraining.Forecasts(_ml, model, Rows([0, 1, 2, time, 4, 5]))).Message);
    }

    [Fact]
    public void Dates_spans_and_whole_numbers_are_times()
    {
        foreach (string name in (string[])["Date", "Offset", "Span", "Number", "Long"])
        {
            ForecastOptions options = ForecastTraining.With(options => (options.TimeColumnName, options.SeriesColumnName) = (name, null));
            DateRow[] rows = [.. Enumerable.Range(1, 12).Select(i => new DateRow(i))];
            ForecastTransformer model = ForecastTraining.Fit(_ml, options, rows);
            Assert.Equal(12, ForecastTraining.Forecasts(_ml, model, rows).Length);
            Assert.Empty(_warnings);
            (rows[3], rows[4]) = (rows[4], rows[3]);
            var exception = Assert.Throws<InvalidOperationException>(() => ForecastTraining.Fit(_ml, options, rows));
            Assert.Contains($"'{name}': row 4 (counted from 0) is before the last row", exception.Message, StringComparison.Ordinal);
            _warnings.Clear();
        }
    }

    private static ForecastRow[] Rows(float[] days) =>
        [.. days.Select((day, i) => new ForecastRow { Day = day, Sales = i })];

    private ForecastTransformer Fit(float[] days, Action<ForecastOptions>? change = null, params ForecastRow[] others)
    {
        ForecastOptions options = ForecastTraining.With(options => options.TimeColumnName = "Day");
        change?.Invoke(options);
        return ForecastTraining.Fit(_ml, options, Rows(days).Concat(others));
    }

    private sealed class DateRow(int day)
    {
        public float Sales => day % 4;

        public DateTime Date => new DateTime(2024, 1, 1).AddDays(day);

        public DateTimeOffset Offset => new(Date, TimeSpan.FromHours(1));

        public TimeSpan Span => TimeSpan.FromHours(day);

        public int Number => day;

        public long Long => 1L << 40 | (uint)day;
    }
}
