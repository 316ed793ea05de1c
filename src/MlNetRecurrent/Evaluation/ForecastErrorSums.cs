namespace MlNetRecurrent.Evaluation;

/// <summary>Sums over forecasts.</summary>
/// <param name="quantiles">The number of quantiles.</param>
internal sealed class ForecastErrorSums(int quantiles)
{
    public long Count { get; private set; }

    public double Absolute { get; private set; }

    public double Square { get; private set; }

    public double Symmetric { get; private set; }

    public double Magnitude { get; private set; }

    public double Scaled { get; private set; }

    public long ScaledCount { get; private set; }

    /// <summary>The pinball loss of each quantile.</summary>
    public double[] Pinball { get; } = new double[quantiles];

    /// <summary>The number of values in each interval, the widest first.</summary>
    public long[] Inside { get; } = new long[quantiles / 2];

    /// <param name="value">The value.</param>
    /// <param name="forecast">Its forecast.</param>
    /// <param name="scale">The error of the seasonal naive forecast up to the origin; 0 where there is none.</param>
    public void Add(double value, double forecast, double scale)
    {
        double error = Math.Abs(value - forecast), magnitude = Math.Abs(value) + Math.Abs(forecast);
        Count++;
        Absolute += error;
        Square += error * error;
        Symmetric += magnitude > 0 ? 2 * error / magnitude : 0;
        Magnitude += Math.Abs(value);
        if (scale > 0)
        {
            Scaled += error / scale;
            ScaledCount++;
        }
    }

    /// <summary>Adds the quantiles of a value that was added.</summary>
    public void AddQuantiles(double value, ReadOnlySpan<float> forecasts, IReadOnlyList<double> levels)
    {
        for (int q = 0; q < forecasts.Length; q++)
        {
            double error = value - forecasts[q];
            Pinball[q] += error > 0 ? levels[q] * error : (levels[q] - 1) * error;
        }
        for (int i = 0; i < Inside.Length; i++)
            Inside[i] += value >= forecasts[i] && value <= forecasts[^(i + 1)] ? 1 : 0;
    }
}
