namespace MlNetRecurrent.Evaluation;

/// <summary>What is remembered of a series while its forecasts are evaluated: the last forecasts, and the last season of values.</summary>
/// <param name="horizon">The number of steps of a forecast.</param>
/// <param name="targets">The number of targets.</param>
/// <param name="quantiles">The number of quantiles.</param>
/// <param name="season">The number of rows of a season.</param>
internal sealed class ForecastHistory(int horizon, int targets, int quantiles, int season)
{
    private readonly Queue<Origin> _origins = new(horizon);
    private readonly Queue<float[]> _season = new(season);
    private readonly double[] _changes = new double[targets];
    private readonly long[] _counts = new long[targets];

    public ForecastErrorSums Sums { get; } = new(quantiles);

    /// <summary>The origins of forecasts of the next row, the oldest first: the last one forecasts it as its first step.</summary>
    public IReadOnlyCollection<Origin> Origins => _origins;

    /// <summary>Adds a row, after its value was compared with the forecasts.</summary>
    public void Add(float[] values, float[] forecast, float[] quantilesOfForecast)
    {
        if (_season.Count == season)
        {
            float[] before = _season.Dequeue();
            for (int i = 0; i < targets; i++)
            {
                if (float.IsNaN(values[i]) || float.IsNaN(before[i]))
                    continue;
                _changes[i] += Math.Abs((double)values[i] - before[i]);
                _counts[i]++;
            }
        }
        _season.Enqueue(values);
        if (_origins.Count == horizon)
            _origins.Dequeue();
        var scales = new double[targets];
        for (int i = 0; i < targets; i++)
            scales[i] = _counts[i] > 0 ? _changes[i] / _counts[i] : 0;
        _origins.Enqueue(new(forecast, quantilesOfForecast, scales));
    }

    /// <param name="Forecast">[Horizon, targets]</param>
    /// <param name="Quantiles">[Horizon, targets, quantiles]</param>
    /// <param name="Scales">The error of the seasonal naive forecast of each target up to the row; 0 where there is none.</param>
    internal sealed record Origin(float[] Forecast, float[] Quantiles, double[] Scales);
}
