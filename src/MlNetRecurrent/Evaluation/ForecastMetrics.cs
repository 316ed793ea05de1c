using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The errors of forecasts, as computed by <c>EvaluateForecasts</c>.</summary>
public sealed class ForecastMetrics : ForecastErrorMetrics
{
    internal ForecastMetrics(ForecastErrorSums sums, IReadOnlyList<double> quantiles)
        : base(sums, quantiles)
    {
    }

    /// <summary>The errors of each step of the horizon, the next row first.</summary>
    public required IReadOnlyList<ForecastErrorMetrics> PerStep { get; init; }

    /// <summary>The errors of each series with a forecast whose value is known, by name. The name is empty where there is one series
    /// without a name.</summary>
    public required IReadOnlyDictionary<string, ForecastErrorMetrics> PerSeries { get; init; }

    /// <summary>The errors of each target, in the order of the columns. Targets of different units make the means over all hard to
    /// interpret.</summary>
    public required IReadOnlyList<ForecastErrorMetrics> PerTarget { get; init; }
}
