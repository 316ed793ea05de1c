using Microsoft.ML.Data;

namespace SeattleWeather;

/// <summary>The last two weeks, and the kind of weather that followed.</summary>
public sealed class WeatherWindow
{
    public const int Days = 14;

    /// <summary>Four measurements, and a one for the kind of weather.</summary>
    public const int FeaturesOfADay = 4 + 5;

    public static readonly string[] Kinds = ["drizzle", "rain", "snow", "sun", "fog"];

    /// <summary>Day after day, the oldest first.</summary>
    [VectorType(Days, FeaturesOfADay)]
    public float[] Features { get; set; } = [];

    /// <summary>The kind of weather on the last day of the window.</summary>
    public string Today { get; set; } = "";

    /// <summary>What is to be predicted.</summary>
    public string Tomorrow { get; set; } = "";

    public DateTime TomorrowsDate { get; set; }

    /// <summary>A window for every day that has two weeks before it and a day after it.</summary>
    public static IEnumerable<WeatherWindow> Cut(IReadOnlyList<WeatherDay> days)
    {
        for (int tomorrow = Days; tomorrow < days.Count; tomorrow++)
        {
            yield return new WeatherWindow
            {
                Features = [.. Enumerable.Range(tomorrow - Days, Days).SelectMany(day => Describe(days[day]))],
                Today = days[tomorrow - 1].Kind,
                Tomorrow = days[tomorrow].Kind,
                TomorrowsDate = days[tomorrow].Date,
            };
        }
    }

    /// <summary>Rain falls on few days and then a lot, so its logarithm tells more than the amount.</summary>
    private static IEnumerable<float> Describe(WeatherDay day) =>
        [MathF.Log(1 + day.Precipitation), day.TempMax, day.TempMin, day.Wind, .. Kinds.Select(kind => kind == day.Kind ? 1f : 0f)];
}
