using System.Globalization;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The weekly series of the M4 competition, and the 13 weeks that follow each.</summary>
internal sealed record WeeklySplit(IReadOnlyList<ForecastRow> Training, IReadOnlyDictionary<string, float[]> Truth)
{
    public const int Horizon = 13;

    /// <summary>The files' own split; to validate, the last 13 weeks of each training series.</summary>
    public static WeeklySplit Read(string folder, bool validate)
    {
        ForecastRow[] rows = [.. ReadRows(Path.Combine(folder, "train.csv"))];
        if (!validate)
            return new(rows, Group(ReadRows(Path.Combine(folder, "test.csv"))));
        ForecastRow[][] series = [.. rows.GroupBy(row => row.Series).Select(group => group.ToArray())];
        return new([.. series.SelectMany(one => one[..^Horizon])], Group(series.SelectMany(one => one[^Horizon..])));
    }

    /// <summary>The symmetric mean absolute percentage error over all weeks of all series.</summary>
    /// <param name="forecast">The forecast of a week of a series.</param>
    public double Error(Func<string, int, float> forecast) => 100 * Truth
        .SelectMany(series => series.Value.Select((value, week) => (Value: value, Forecast: forecast(series.Key, week))))
        .Average(pair => 2.0 * Math.Abs(pair.Value - pair.Forecast) / (Math.Abs(pair.Value) + Math.Abs(pair.Forecast)));

    private static Dictionary<string, float[]> Group(IEnumerable<ForecastRow> rows) =>
        rows.GroupBy(row => row.Series).ToDictionary(group => group.Key, group => group.Select(row => row.Value).ToArray());

    private static IEnumerable<ForecastRow> ReadRows(string path) => File.ReadLines(path).Skip(1)
        .Select(line => line.Split(','))
        .Select(parts => new ForecastRow
        {
            Series = parts[0],
            Time = float.Parse(parts[1], CultureInfo.InvariantCulture),
            Value = float.Parse(parts[2], CultureInfo.InvariantCulture),
        });
}
