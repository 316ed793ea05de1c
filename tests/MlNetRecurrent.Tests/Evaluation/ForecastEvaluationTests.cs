using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Evaluation;

/// <summary>Forecasts are compared with the values of the rows that follow in their series.</summary>
public sealed class ForecastEvaluationTests
{
    private const float Missing = float.NaN;

    private readonly MLContext _ml = new(1);

    [Fact]
    public void Errors_are_those_of_the_steps_after_each_row()
    {
        // Values 10, 12, 9. Forecasts of 12: 11 (one step); of 9: 13 (two steps before), 12 (one step).
        ForecastMetrics metrics = Evaluate(ScoredStep.Series("a", (10, 11, 13), (12, 12, 7), (9, 1, 1)));

        Assert.Equal(3, metrics.Count);
        Assert.Equal((1 + 4 + 3) / 3.0, metrics.MeanAbsoluteError, 1e-6);
        Assert.Equal(Math.Sqrt((1 + 16 + 9) / 3.0), metrics.RootMeanSquaredError, 1e-6);
        Assert.Equal(100 * (2.0 / 23 + 8.0 / 22 + 6.0 / 21) / 3, metrics.SymmetricMeanAbsolutePercentageError, 1e-6);
        Assert.Equal(2, metrics.PerStep[0].Count);
        Assert.Equal(2, metrics.PerStep[0].MeanAbsoluteError, 1e-6);
        Assert.Equal(4, metrics.PerStep[1].MeanAbsoluteError, 1e-6);
    }

    [Fact]
    public void Scaled_errors_are_relative_to_the_naive_forecast_up_to_the_row()
    {
        // The first row has no change yet; at the second it is 2, so that the error of 3 of its forecast counts 1.5.
        ForecastMetrics metrics = Evaluate(ScoredStep.Series("a", (10, 11, 13), (12, 12, 7), (9, 1, 1)));

        Assert.Equal(1.5, metrics.MeanAbsoluteScaledError, 1e-6);
        Assert.Equal(2, metrics.NumberOfUnscaledErrors);
    }

    [Fact]
    public void A_season_compares_with_the_row_a_season_before()
    {
        // Changes over two rows: |30 - 10| = 20 at the third row, whose forecast of the fourth row errs by 5.
        ScoredStep[] rows = ScoredStep.Series("a", (10, Missing, Missing), (20, Missing, Missing), (30, 45, Missing), (40, 0, 0));
        ForecastMetrics metrics = _ml.Forecasting.EvaluateForecasts(View(rows), "Sales", season: 2);

        Assert.Equal(1, metrics.Count);
        Assert.Equal(0.25, metrics.MeanAbsoluteScaledError, 1e-6);
    }

    [Fact]
    public void Interleaved_series_are_kept_apart()
    {
        ScoredStep[] a = ScoredStep.Series("a", (1, 3, 3), (2, 2, 2), (2, 9, 9));
        ScoredStep[] b = ScoredStep.Series("b", (100, 100, 100), (100, 100, 100));
        ForecastMetrics together = Evaluate([a[0], b[0], a[1], b[1], a[2]]), alone = Evaluate(a);

        Assert.Equal(["a", "b"], together.PerSeries.Keys.Order());
        Assert.Equal(alone.MeanAbsoluteError, together.PerSeries["a"].MeanAbsoluteError);
        Assert.Equal(0, together.PerSeries["b"].MeanAbsoluteError);
        Assert.Equal(4, together.Count);
    }

    [Fact]
    public void Series_are_named_by_the_values_of_their_keys()
    {
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Shop").Fit(View(ScoredStep.Series("corner", (1, 1, 1), (1, 1, 1))))
            .Transform(View(ScoredStep.Series("corner", (1, 1, 1), (1, 1, 1))));

        Assert.Equal(["corner"], _ml.Forecasting.EvaluateForecasts(data, "Sales", "Shop").PerSeries.Keys);
    }

    [Fact]
    public void Missing_values_and_forecasts_do_not_count()
    {
        ForecastMetrics metrics = Evaluate(ScoredStep.Series("a", (10, 11, Missing), (Missing, 12, 7), (9, 1, 1)));

        Assert.Equal(1, metrics.Count);
        Assert.Equal(3, metrics.MeanAbsoluteError);
    }

    [Fact]
    public void Zero_forecast_as_zero_is_no_error()
    {
        ForecastMetrics metrics = Evaluate(ScoredStep.Series("a", (0, 0, 0), (0, 0, 0), (0, 0, 0)));

        Assert.Equal(0, metrics.SymmetricMeanAbsolutePercentageError);
        Assert.True(double.IsNaN(metrics.MeanAbsoluteScaledError));
        Assert.Equal(3, metrics.NumberOfUnscaledErrors);
    }

    [Fact]
    public void Several_targets_are_evaluated_each_by_itself()
    {
        ScoredStep[] rows =
        [
            new() { Sales = 1, Returns = 10, Forecast = [2, 30] },
            new() { Sales = 4, Returns = 20, Forecast = [0, 0] },
        ];
        ForecastMetrics metrics = _ml.Forecasting.EvaluateForecasts(View(rows), ["Sales", "Returns"], null, season: 1);

        Assert.Single(metrics.PerStep);
        Assert.Equal(2, metrics.PerTarget[0].MeanAbsoluteError);
        Assert.Equal(10, metrics.PerTarget[1].MeanAbsoluteError);
        Assert.Equal(6, metrics.MeanAbsoluteError);
    }

    [Fact]
    public void Quantiles_have_their_loss_and_coverage()
    {
        IDataView data = WithQuantiles(
            (10, [0, 0, 0]), (10, [8, 10, 12]), (20, [8, 10, 12]), (11, [1, 1, 1]));
        ForecastMetrics metrics = _ml.Forecasting.EvaluateForecasts(data, "Sales");

        // Of the rows 10, 20 and 11, only 11 lies in its interval from 8 to 12.
        ForecastInterval interval = Assert.Single(metrics.Intervals);
        Assert.Equal((0.1, 0.9), (interval.Lower, interval.Upper));
        Assert.Equal(1 / 3.0, interval.Coverage, 1e-6);
        // Pinball losses: of 10 with 0, 0, 0: 1, 5, 9; of 20 with 8, 10, 12: 1.2, 5, 7.2; of 11 with 8, 10, 12: 0.3, 0.5, 0.1.
        Assert.Equal(2 * (2.5 + 10.5 + 16.3) / 3 / 41, metrics.WeightedQuantileLoss, 1e-5);
    }

    [Fact]
    public void The_metrics_are_one_line()
    {
        ForecastMetrics metrics = Evaluate(ScoredStep.Series("a", (10, 11, 13), (12, 12, 7), (9, 1, 1)));

        Assert.Equal("MAE 2.667, RMSE 2.944, sMAPE 24.54%, MASE 1.500 (3 forecasts)", metrics.ToString());
    }

    [Fact]
    public void The_data_is_read_once()
    {
        var once = new ReadOnceView(View(ScoredStep.Series("a", (10, 11, 13), (12, 12, 7), (9, 1, 1))));

        Assert.Equal(3, _ml.Forecasting.EvaluateForecasts(once, "Sales").Count);
        Assert.Equal(1, once.Cursors);
    }

    [Theory]
    [InlineData("Sale", "Shop", "Target column 'Sale' is missing. The data has: Shop, Sales, Returns, Forecast.")]
    [InlineData("Shop", "Shop", "Target column 'Shop' is String; expected Single.")]
    [InlineData("Sales", "Town", "Series column 'Town' is missing. The data has: Shop, Sales, Returns, Forecast.")]
    public void Wrong_columns_are_named(string target, string series, string message)
    {
        IDataView data = View(ScoredStep.Series("a", (1, 1, 1)));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Forecasting.EvaluateForecasts(data, target, series));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecasts_that_are_no_whole_steps_of_the_targets_are_refused()
    {
        IDataView data = View(ScoredStep.Series("a", (1, 1, 1)));

        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Forecasting.EvaluateForecasts(data, ["Sales", "Returns", "Sales"], null, season: 1));
        Assert.StartsWith(
            "Forecast column 'Forecast' has 2 values, which are not whole steps of 3 targets.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_known_value_there_is_nothing_to_evaluate()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Evaluate(ScoredStep.Series("a", (1, 1, 1))));
        Assert.Equal("No row has a forecast in column 'Forecast' for a row after it whose target is known.", error.Message);
    }

    [Fact]
    public void An_infinite_target_is_named_with_its_row()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => Evaluate(ScoredStep.Series("a", (1, 1, 1), (float.PositiveInfinity, 1, 1))));
        Assert.Equal("Target column 'Sales': row 1 (counted from 0) holds Infinity, not a finite number.", error.Message);
    }

    [Fact]
    public void Levels_of_quantiles_that_do_not_rise_are_refused()
    {
        IDataView data = WithLevels([0.9f, 0.5f, 0.1f], (10, [0, 0, 0]), (10, [8, 10, 12]));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Forecasting.EvaluateForecasts(data, "Sales"));
        Assert.StartsWith("The levels of quantile column 'Quantiles' do not rise.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_season_is_at_least_one_row()
    {
        IDataView data = View(ScoredStep.Series("a", (1, 1, 1), (1, 1, 1)));

        Assert.Throws<ArgumentOutOfRangeException>("season", () => _ml.Forecasting.EvaluateForecasts(data, "Sales", season: 0));
    }

    private ForecastMetrics Evaluate(ScoredStep[] rows) => _ml.Forecasting.EvaluateForecasts(View(rows), "Sales", "Shop");

    private IDataView View(ScoredStep[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private IDataView WithQuantiles(params (float Sales, float[] Quantiles)[] rows) => WithLevels([0.1f, 0.5f, 0.9f], rows);

    private IDataView WithLevels(float[] levels, params (float Sales, float[] Quantiles)[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(QuantileStep));
        schema["Quantiles"].AddAnnotation(
            "QuantileLevels", new VBuffer<float>(levels.Length, levels), new VectorDataViewType(NumberDataViewType.Single, levels.Length));
        return _ml.Data.LoadFromEnumerable(
            rows.Select(row => new QuantileStep { Sales = row.Sales, Forecast = [row.Quantiles[1]], Quantiles = row.Quantiles }), schema);
    }

    private sealed class QuantileStep
    {
        public float Sales { get; set; }

        [VectorType(1)]
        public float[] Forecast { get; set; } = [];

        [VectorType(1, 3)]
        public float[] Quantiles { get; set; } = [];
    }

    private sealed class ReadOnceView(IDataView source) : IDataView
    {
        public int Cursors { get; private set; }

        public bool CanShuffle => false;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            Cursors++;
            return source.GetRowCursor(columnsNeeded, rand);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            [GetRowCursor(columnsNeeded, rand)];
    }
}
