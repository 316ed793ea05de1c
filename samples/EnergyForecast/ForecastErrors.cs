namespace EnergyForecast;

/// <summary>The errors of forecasts of two days, in percent of the demand.</summary>
/// <param name="name">What forecast.</param>
public sealed class ForecastErrors(string name)
{
    private readonly double[] _errors = new double[2], _demand = new double[2];
    private int _inside, _bounded;

    public string Name => name;

    /// <summary>The sum of the absolute errors in percent of the sum of the demand, for the first day and for the second.</summary>
    public double FirstDay => 100 * _errors[0] / _demand[0];

    public double SecondDay => 100 * _errors[1] / _demand[1];

    /// <summary>The part of the hours whose demand lies in the interval; NaN without intervals.</summary>
    public double Coverage => (double)_inside / _bounded;

    /// <summary>Adds a forecast.</summary>
    /// <param name="actual">What came, hour after hour.</param>
    /// <param name="forecast">What was forecast.</param>
    /// <param name="low">The lower bounds; null for none.</param>
    /// <param name="high">The upper bounds; null for none.</param>
    public void Add(float[] actual, float[] forecast, float[]? low = null, float[]? high = null)
    {
        for (int step = 0; step < actual.Length; step++)
        {
            int day = step * 2 / actual.Length;
            _errors[day] += Math.Abs(actual[step] - forecast[step]);
            _demand[day] += actual[step];
            if (low is null || high is null)
                continue;
            _bounded++;
            if (actual[step] >= low[step] && actual[step] <= high[step])
                _inside++;
        }
    }
}
