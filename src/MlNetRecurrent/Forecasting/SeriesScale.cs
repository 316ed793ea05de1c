namespace MlNetRecurrent.Forecasting;

/// <summary>
/// The level and the spread of a series as far as it is known: exponentially weighted over about the context, the plain mean before. Both
/// depend on the past alone, so that no forecast sees the future.
/// </summary>
internal struct SeriesScale
{
    /// <summary>The least unit relative to the magnitude of the values: that of a constant series.</summary>
    private const double LeastUnit = 1e-3;

    private double _mean, _variance, _magnitude;
    private int _weight;

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The last value; 0 before the first.</summary>
    public double Last { get; private set; }

    /// <param name="value">The next value of the series, a finite number.</param>
    /// <param name="context">The number of values over which the mean goes.</param>
    public void Observe(double value, int context)
    {
        Count++;
        _weight = Math.Min(_weight + 1, Math.Max(1, context));
        double share = 1.0 / _weight, before = value - _mean;
        _mean += share * before;
        _variance += share * (before * (value - _mean) - _variance);
        _magnitude += share * (Math.Abs(value) - _magnitude);
        Last = value;
    }

    /// <summary>What is subtracted from a value.</summary>
    public readonly double Offset(ForecastScaling scaling) => scaling switch
    {
        ForecastScaling.LastValue or ForecastScaling.RelativeChange => Last,
        ForecastScaling.Standard => _mean,
        _ => 0,
    };

    /// <summary>
    /// The divisor of the difference. NaN before the first value and 0 while all values are 0: a unit of 1 would be arbitrary, and the
    /// first value in it an outlier among the labels.
    /// </summary>
    public readonly double Unit(ForecastScaling scaling) => scaling switch
    {
        ForecastScaling.None => 1,
        _ when Count == 0 => double.NaN,
        ForecastScaling.Mean or ForecastScaling.RelativeChange => _magnitude,
        _ => Math.Max(Math.Sqrt(Math.Max(0, _variance)), LeastUnit * _magnitude),
    };

    /// <summary>The deviation of the last value from the mean, in units; 0 without a unit.</summary>
    public readonly double Level(ForecastScaling scaling) => scaling switch
    {
        ForecastScaling.None or ForecastScaling.Mean => ToUnits(Last, scaling),
        _ => ToUnits(Last - _mean, scaling),
    };

    /// <summary>A difference in units; 0 without a unit.</summary>
    public readonly double ToUnits(double difference, ForecastScaling scaling) =>
        Unit(scaling) is var unit and > 0 ? difference / unit : 0;
}
