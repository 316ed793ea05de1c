using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>The last 24 hours on record, and the count of the hour that follows, of which nothing else is known.</summary>
internal sealed class BikeWindow
{
    public const int Hours = 24;

    public const int FeaturesOfAnHour = 13;

    /// <summary>Hour after hour, the oldest first.</summary>
    [VectorType(Hours, FeaturesOfAnHour)]
    public float[] Features { get; set; } = [];

    /// <summary>The count to predict.</summary>
    public float Label { get; set; }

    /// <summary>The count of the hour before.</summary>
    public float LastHour { get; set; }

    /// <summary>The count of the same hour of the day before; where that is not on record, of the oldest hour of the window.</summary>
    public float Yesterday { get; set; }

    /// <summary>A window for each hour from the given one on, as far as there are 24 hours before it.</summary>
    public static IEnumerable<BikeWindow> Cut(IReadOnlyList<BikeHour> hours, int from)
    {
        float[][] features = [.. hours.Select(Describe)];
        Dictionary<DateTime, float> counts = hours.ToDictionary(hour => hour.Time(), hour => hour.Count);
        for (int next = Math.Max(from, Hours); next < hours.Count; next++)
        {
            yield return new BikeWindow
            {
                Features = [.. features[(next - Hours)..next].SelectMany(hour => hour)],
                Label = hours[next].Count,
                LastHour = hours[next - 1].Count,
                Yesterday = counts.TryGetValue(hours[next].Time().AddDays(-1), out float count) ? count : hours[next - Hours].Count,
            };
        }
    }

    /// <summary>Hours and weekdays go round, so each is a point on a circle.</summary>
    private static float[] Describe(BikeHour hour)
    {
        (float hourSine, float hourCosine) = MathF.SinCos(MathF.Tau * hour.HourOfDay / 24);
        (float daySine, float dayCosine) = MathF.SinCos(MathF.Tau * hour.Weekday / 7);
        return
        [
            hourSine, hourCosine, daySine, dayCosine, hour.Season, hour.Holiday, hour.WorkingDay, hour.Weather,
            hour.Temperature, hour.Humidity, hour.Wind, hour.Count, MathF.Log(1 + hour.Count),
        ];
    }
}
