namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The errors of forecasts.</summary>
internal sealed class ForecastErrors
{
    private double _squared, _absolute;
    private long _count;

    /// <summary>The mean squared error.</summary>
    public double Squared => _squared / _count;

    /// <summary>The mean absolute error.</summary>
    public double Absolute => _absolute / _count;

    public void Add(double value, double forecast)
    {
        double error = value - forecast;
        _squared += error * error;
        _absolute += Math.Abs(error);
        _count++;
    }
}
