using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>Data at the edge: each has the right forecast, or a message that names the row and the column.</summary>
public sealed class ForecastDataTests
{
    private const float None = float.NaN;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_table_without_rows_or_without_anything_to_learn_is_refused()
    {
        AssertRefused("The data has no rows.", []);
        ForecastRow[] single = [.. Enumerable.Range(0, 5).Select(shop => new ForecastRow { Shop = $"{shop}", Sales = shop })];
        AssertRefused("nothing to learn. It has 5 series of at most 1 rows.", single);
        AssertRefused("nothing to learn. It has 1 series of at most 3 rows.", ForecastTraining.Shop(1, None, None));
        AssertRefused("nothing to learn", ForecastTraining.Shop(None, None, None, None));
        AssertRefused("nothing to learn", ForecastTraining.Shop(new float[20]));
    }

    [Fact]
    public void A_table_without_rows_has_no_forecasts() =>
        Assert.Empty(ForecastTraining.Forecasts(_ml, Fit(_ => { }, Line()), Array.Empty<ForecastRow>()));

    [Fact]
    public void A_short_series_and_one_that_training_did_not_have_are_forecast()
    {
        ForecastRow[] rows = [.. Line(), new() { Shop = "short", Sales = 70 }];
        ForecastTransformer model = Fit(options => options.NumberOfEpochs = 20, rows);
        float[] ofShort = ForecastTraining.Forecasts(_ml, model, rows)[^1];
        Assert.All(ofShort, value => Assert.InRange(value, 60, 80));
        float[][] ofOther = ForecastTraining.Forecasts(_ml, model, rows.Select(row => row with { Shop = "x" + row.Shop }));
        Assert.Equal(ForecastTraining.Forecasts(_ml, model, rows), ofOther);
    }

    [Theory]
    [InlineData(ForecastScaling.LastValue)]
    [InlineData(ForecastScaling.RelativeChange)]
    [InlineData(ForecastScaling.Standard)]
    public void A_constant_goes_on(ForecastScaling scaling)
    {
        ForecastRow[] rows = ForecastTraining.Shop([.. Enumerable.Repeat(500f, 30)]);
        ForecastTransformer model = Fit(options => (options.Scaling, options.NumberOfEpochs) = (scaling, 30), rows);
        Assert.All(ForecastTraining.Forecasts(_ml, model, rows)[^1], value => Assert.Equal(500, value, 5f));
    }

    [Theory]
    [InlineData(ForecastScaling.LastValue)]
    [InlineData(ForecastScaling.RelativeChange)]
    [InlineData(ForecastScaling.Standard)]
    [InlineData(ForecastScaling.Mean)]
    public void After_zeros_alone_the_forecast_is_zero(ForecastScaling scaling)
    {
        ForecastRow[] zeros = [.. ForecastTraining.Shop(new float[12]).Select(row => row with { Shop = "zeros" })];
        ForecastRow[] rows = [.. Line(), .. zeros];
        ForecastTransformer model = Fit(options => options.Scaling = scaling, rows);
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, rows);
        Assert.All(forecasts[30..].SelectMany(row => row), value => Assert.Equal(0, value));
        Assert.All(forecasts[..30].SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(ForecastScaling.LastValue)]
    [InlineData(ForecastScaling.None)]
    public void Before_the_first_value_there_is_no_forecast_unless_all_series_share_a_scale(ForecastScaling scaling)
    {
        float[] late = [.. Enumerable.Repeat(None, 10), .. ForecastTraining.Line(20)];
        ForecastTransformer model = Fit(options => options.Scaling = scaling, ForecastTraining.Shop(late));
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, ForecastTraining.Shop(late));
        bool isNone = scaling == ForecastScaling.None;
        Assert.All(forecasts[..10].SelectMany(row => row), value => Assert.Equal(isNone, float.IsFinite(value)));
        Assert.All(forecasts[10..].SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_series_without_values_changes_nothing_for_the_others()
    {
        ForecastRow[] empty = [.. ForecastTraining.Shop(None, None, None, None, None).Select(row => row with { Shop = "empty" })];
        float[] expected = ForecastTraining.WeightsOf(Fit(_ => { }, Line()));
        ForecastTransformer model = Fit(_ => { }, [.. Line(), .. empty]);
        Assert.Equal(expected, ForecastTraining.WeightsOf(model));
        Assert.All(ForecastTraining.Forecasts(_ml, model, empty).SelectMany(row => row), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Missing_targets_are_not_learned_and_rows_without_them_still_have_forecasts()
    {
        ForecastRow[] rows = [.. Line().Select(row => row.Day % 4 == 3 ? row with { Sales = None } : row)];
        ForecastTransformer model = Fit(options => options.NumberOfEpochs = 150, rows);
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, rows);
        Assert.All(forecasts.SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
        // The last row is missing: after 34 on the day 29 come 35, 36, 37.
        Assert.Equal(36, forecasts[^1][1], 2f);
    }

    [Fact]
    public void Missing_past_values_are_the_last_ones()
    {
        ForecastRow[] rows = [.. Line().Select(row => row with { Rain = MathF.Floor(row.Day / 3) })];
        ForecastTransformer model = Fit(options => options.PastColumnNames = ["Rain"], rows);
        Assert.Equal(
            ForecastTraining.Forecasts(_ml, model, rows),
            ForecastTraining.Forecasts(_ml, model, rows.Select(row => row.Day % 3 > 0 ? row with { Rain = None } : row)));
    }

    [Fact]
    public void A_step_whose_known_values_are_missing_has_no_forecast_and_the_others_have_theirs()
    {
        ForecastRow[] rows = [.. Line().Select(row => row with { Price = row.Day % 5 })];
        ForecastTransformer model = Fit(options => (options.KnownAheadColumnNames, options.Quantiles) = (["Price"], [0.1, 0.9]), rows);
        float[][] expected = ForecastTraining.Forecasts(_ml, model, rows);
        rows[20].Price = None;
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[][] forecasts = ForecastTraining.Forecasts(scored), quantiles = ForecastTraining.Forecasts(scored, "Quantiles");
        for (int row = 0; row < rows.Length; row++)
        {
            for (int step = 0; step < ForecastTraining.Horizon; step++)
            {
                int day = row + 1 + step;
                Assert.Equal(day is 20 or >= 30, float.IsNaN(forecasts[row][step]));
                Assert.Equal(day is 20 or >= 30, float.IsNaN(quantiles[row][2 * step + 1]));
                if (row < 20 && day != 20)
                    Assert.Equal(expected[row][step], forecasts[row][step]);
            }
        }
    }

    [Fact]
    public void Rows_appended_with_known_values_alone_are_forecast()
    {
        ForecastRow[] rows = [.. Line().Select(row => row with { Price = row.Day % 5 })];
        ForecastTransformer model = Fit(options => options.KnownAheadColumnNames = ["Price"], rows);
        ForecastRow[] future = [.. Enumerable.Range(30, 3).Select(day => new ForecastRow { Day = day, Sales = None, Price = day % 5 })];
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, rows.Concat(future));
        Assert.All(forecasts[29], value => Assert.True(float.IsFinite(value)));
        Assert.Equal([true, true, false], forecasts[30].Select(float.IsFinite));
    }

    [Theory]
    [InlineData("Target column 'Sales': row 7 (counted from 0) holds Infinity")]
    [InlineData("Past column 'Rain': row 7 (counted from 0) holds Infinity")]
    [InlineData("Known-ahead column 'Price': row 7 (counted from 0) holds Infinity")]
    public void An_infinite_number_is_refused_in_training_and_in_scoring(string message)
    {
        void Change(ForecastOptions options) => (options.PastColumnNames, options.KnownAheadColumnNames) = (["Rain"], ["Price"]);
        ForecastTransformer model = Fit(Change, Line());
        ForecastRow[] rows = Line();
        float odd = float.PositiveInfinity;
        rows[7] = message[0] == 'T' ? rows[7] with { Sales = odd }
            : message[0] == 'P' ? rows[7] with { Rain = odd }
            : rows[7] with { Price = odd };
        AssertRefused(message, rows, Change);
        var exception = Assert.Throws<InvalidOperationException>(() => ForecastTraining.Forecasts(_ml, model, rows));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_value_that_changes_is_refused()
    {
        ForecastRow[] rows = Line();
        rows[9].Price = 1;
        AssertRefused(
            "'Price': row 9 (counted from 0) has another value than the first row in group 'a' of column 'Shop'", rows,
            options => options.StaticColumnNames = ["Price"]);
    }

    [Fact]
    public void A_row_without_a_series_is_refused()
    {
        ForecastRow[] rows = Line();
        rows[9].Shop = "";
        AssertRefused("Row 9 (counted from 0) has no group in column 'Shop'", rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(720)]
    public void Horizons_are_short_and_long(int horizon)
    {
        ForecastTransformer model = Fit(
            options => (options.Horizon, options.KnownAheadColumnNames, options.NumberOfEpochs) = (horizon, ["Price"], 1), Line());
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, Line());
        Assert.Equal(30, forecasts.Length);
        for (int row = 0; row < 30; row++)
            Assert.Equal(Math.Min(horizon, 29 - row), forecasts[row].Count(float.IsFinite));
    }

    [Fact]
    public void A_horizon_beyond_every_series_is_learned_as_far_as_they_go()
    {
        ForecastTransformer model = Fit(options => options.Horizon = 40, Line());
        Assert.All(ForecastTraining.Forecasts(_ml, model, Line()).SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    private static ForecastRow[] Line() => ForecastTraining.Shop(ForecastTraining.Line(30));

    private void AssertRefused(string message, ForecastRow[] rows, Action<ForecastOptions>? change = null)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Fit(change ?? (_ => { }), rows));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private ForecastTransformer Fit(Action<ForecastOptions> change, ForecastRow[] rows) =>
        ForecastTraining.Fit(_ml, ForecastTraining.With(change), rows);
}
