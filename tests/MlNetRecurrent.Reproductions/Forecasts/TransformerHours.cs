using System.Globalization;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The seven channels of ETTh2, an hour a row, standardized by the training rows.</summary>
internal sealed class TransformerHours
{
    public const int Horizon = 96, Channels = 7, TrainingEnd = 8640;

    private const int ValidationEnd = 11520, TestEnd = 14400;

    private readonly float[][] _hours;

    private TransformerHours(float[][] hours, bool validate)
    {
        _hours = hours;
        (From, To) = validate ? (TrainingEnd, ValidationEnd) : (ValidationEnd, TestEnd);
    }

    /// <summary>The first hour that is forecast.</summary>
    public int From { get; }

    /// <summary>The hour after the last one that is forecast.</summary>
    public int To { get; }

    public static TransformerHours Read(string folder, bool validate)
    {
        float[][] hours =
        [
            .. File.ReadLines(Path.Combine(folder, "ETTh2.csv")).Skip(1)
                .Select(line => line.Split(',').Skip(1).Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray()),
        ];
        for (int channel = 0; channel < Channels; channel++)
            Standardize(hours, channel);
        return new(hours, validate);
    }

    /// <summary>The hours up to one, a series for each channel.</summary>
    public IEnumerable<ForecastRow> Rows(int end) =>
        from channel in Enumerable.Range(0, Channels)
        from hour in Enumerable.Range(0, end)
        select new ForecastRow
        {
            Series = channel.ToString(CultureInfo.InvariantCulture),
            Time = hour,
            Value = _hours[hour][channel],
        };

    public float Value(int hour, int channel) => _hours[hour][channel];

    /// <summary>Whether all hours that follow one within the horizon are among those that are forecast.</summary>
    public bool IsOrigin(int hour) => hour >= From - 1 && hour + Horizon < To;

    private static void Standardize(float[][] hours, int channel)
    {
        double mean = hours.Take(TrainingEnd).Average(hour => (double)hour[channel]);
        double deviation = Math.Sqrt(hours.Take(TrainingEnd).Average(hour => Math.Pow(hour[channel] - mean, 2)));
        foreach (float[] hour in hours)
            hour[channel] = (float)((hour[channel] - mean) / deviation);
    }
}
