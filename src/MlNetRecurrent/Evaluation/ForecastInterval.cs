namespace MlNetRecurrent;

/// <summary>The coverage of an interval between two quantiles of a forecast.</summary>
/// <param name="Lower">The lower quantile, such as 0.1.</param>
/// <param name="Upper">The upper quantile, such as 0.9.</param>
/// <param name="Coverage">The fraction of the values within the interval, ends included. Ideally <c>Upper - Lower</c>.</param>
public sealed record ForecastInterval(double Lower, double Upper, double Coverage);
