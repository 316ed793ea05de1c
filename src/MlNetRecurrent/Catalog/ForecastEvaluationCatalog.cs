using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Evaluation;

namespace Microsoft.ML;

/// <summary>Evaluation of forecasts. The methods extend <c>MLContext.Forecasting</c>.</summary>
public static class ForecastEvaluationCatalog
{
    private const string Forecast = "Forecast", Quantiles = "Quantiles";

    /// <summary>Compares the forecasts of a table with the values of the rows that follow in each series.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// The table is that of `Transform` of a forecasting model, or a part of its rows without holes, such as those after a time. Each
    /// forecast whose row exists and has a known target counts. If the table has a column `Quantiles` of the model, its loss and coverage
    /// are computed, too.
    /// ]]></format>
    /// The data is read once, row by row. Memory depends on the number of series and the horizon.
    /// </remarks>
    /// <example>
    /// <code>
    /// ForecastMetrics metrics = ml.Forecasting.EvaluateForecasts(model.Transform(data), "Sales", "Shop", season: 12);
    /// Console.WriteLine(metrics.MeanAbsoluteScaledError);
    /// </code>
    /// </example>
    /// <param name="catalog">The catalog, <c>MLContext.Forecasting</c>.</param>
    /// <param name="data">The table with the forecasts, in order of time within each series.</param>
    /// <param name="targetColumnName">The name of the column with the values, a <see cref="float"/>; NaN where one is missing.</param>
    /// <param name="seriesColumnName">The name of the column with the series of a row. Default: <see langword="null"/>, one series.</param>
    /// <param name="season">The number of rows of a season, for <see cref="ForecastErrorMetrics.MeanAbsoluteScaledError"/>. At least 1.
    /// Default: 1, the last value.</param>
    /// <param name="forecastColumnName">The name of the column with the forecasts, a <c>Vector&lt;Single, Horizon&gt;</c>. Quantiles are
    /// evaluated beside the default. Default: <c>Forecast</c>.</param>
    /// <returns>The errors over all forecasts, by step, by series and by target.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type, or the season is below 1.</exception>
    /// <exception cref="InvalidOperationException">No forecast has a known value.</exception>
    public static ForecastMetrics EvaluateForecasts(
        this ForecastingCatalog catalog, IDataView data, string targetColumnName, string? seriesColumnName = null, int season = 1,
        string forecastColumnName = Forecast) =>
        Evaluate(catalog, data, [targetColumnName], seriesColumnName, season, forecastColumnName);

    /// <summary>
    /// Compares forecasts of several targets with the values of the rows that follow. Otherwise as the method for one target.
    /// </summary>
    /// <example>
    /// <code>
    /// ForecastMetrics metrics = ml.Forecasting.EvaluateForecasts(model.Transform(data), ["Sales", "Returns"], "Shop", season: 12);
    /// Console.WriteLine(metrics.PerTarget[1]);
    /// </code>
    /// </example>
    /// <param name="catalog">The catalog, <c>MLContext.Forecasting</c>.</param>
    /// <param name="data">The table with the forecasts, in order of time within each series.</param>
    /// <param name="targetColumnNames">The names of the columns with the values, in the order in which the model forecasts them.</param>
    /// <param name="seriesColumnName">The name of the column with the series of a row. Null for one series.</param>
    /// <param name="season">The number of rows of a season. At least 1; 1 compares with the last
    /// value.</param>
    /// <returns>The errors over all forecasts, by step, by series and by target.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type, or the season is below 1.</exception>
    /// <exception cref="InvalidOperationException">No forecast has a known value.</exception>
    public static ForecastMetrics EvaluateForecasts(
        this ForecastingCatalog catalog, IDataView data, IReadOnlyList<string> targetColumnNames, string? seriesColumnName, int season) =>
        Evaluate(catalog, data, targetColumnNames, seriesColumnName, season, Forecast);

    private static ForecastMetrics Evaluate(
        ForecastingCatalog catalog, IDataView data, IReadOnlyList<string> targetColumnNames, string? seriesColumnName, int season,
        string forecastColumnName)
    {
        ArgumentNullException.ThrowIfNull(targetColumnNames);
        EvaluationCheck.ThrowIfMissing(catalog, data, (forecastColumnName, nameof(forecastColumnName)));
        OptionCheck.ThatNamesAreGiven(targetColumnNames, nameof(targetColumnNames));
        OptionCheck.ThatNameIsNotEmpty(seriesColumnName);
        OptionCheck.That(season >= 1, nameof(season), season, "at least 1");
        string? quantiles = forecastColumnName == Forecast ? data.Schema.GetColumnOrNull(Quantiles)?.Name : null;
        return ForecastEvaluator.Evaluate(
            data, ForecastTable.Find(data, targetColumnNames, seriesColumnName, forecastColumnName, quantiles), season);
    }
}
