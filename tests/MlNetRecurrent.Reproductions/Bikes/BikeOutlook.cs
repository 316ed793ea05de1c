using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>
/// The rentals of the 24 hours before the hour to predict and of the week before, and the calendar and the weather of the hour to predict,
/// as if its weather forecast were right.
/// </summary>
internal sealed class BikeOutlook
{
    private const int Hours = BikeWindow.Hours, HoursOfDay = 24, DaysOfWeek = 7;

    /// <summary>The rentals of casual and of registered users and their logarithms, hour after hour, the oldest first.</summary>
    [VectorType(Hours, 4)]
    public float[] Rentals { get; set; } = [];

    /// <summary>The rentals a week before the hour that follows each of these: at the last step, before the hour to predict.</summary>
    [VectorType(Hours, 2)]
    public float[] LastWeek { get; set; } = [];

    /// <summary>The hour as one of 24, those of working days apart from the others.</summary>
    [VectorType(2 * HoursOfDay)]
    public float[] HourOfDay { get; set; } = [];

    /// <summary>One of 7.</summary>
    [VectorType(DaysOfWeek)]
    public float[] Weekday { get; set; } = [];

    /// <summary>The hour as a point on a circle, whether it is in a working day, weather, temperature, humidity and wind.</summary>
    [VectorType(7)]
    public float[] Conditions { get; set; } = [];

    /// <summary>The count to predict.</summary>
    public float Label { get; set; }

    public float Casual { get; set; }

    public float Registered { get; set; }

    /// <summary>The two that add up to the count.</summary>
    [VectorType(2)]
    public float[] Both { get; set; } = [];

    /// <summary>Sets the columns that a network reads.</summary>
    public static RecurrentOptions SetColumns(RecurrentOptions options, string label)
    {
        options.LabelColumnName = label;
        options.FeatureColumnNames = [nameof(Rentals), nameof(LastWeek)];
        options.StaticColumnNames = [nameof(HourOfDay), nameof(Weekday), nameof(Conditions)];
        return options;
    }

    /// <summary>A row for each hour for which <see cref="BikeWindow.Cut"/> has a window.</summary>
    public static IEnumerable<BikeOutlook> Cut(IReadOnlyList<BikeHour> hours, int from)
    {
        Dictionary<DateTime, BikeHour> onRecord = hours.ToDictionary(hour => hour.Time());
        float[][] rentals = [.. hours.Select(hour => (float[])[.. Rented(hour), .. Rented(hour).Select(count => MathF.Log(1 + count))])];
        float[][] lastWeek = [.. hours.Select(hour => Rented(onRecord.GetValueOrDefault(hour.Time().AddDays(-DaysOfWeek), hours[0])))];
        for (int next = Math.Max(from, Hours); next < hours.Count; next++)
        {
            BikeHour hour = hours[next];
            (float sine, float cosine) = MathF.SinCos(MathF.Tau * hour.HourOfDay / HoursOfDay);
            yield return new BikeOutlook
            {
                Rentals = [.. rentals[(next - Hours)..next].SelectMany(values => values)],
                LastWeek = [.. lastWeek[(next - Hours + 1)..(next + 1)].SelectMany(values => values)],
                HourOfDay = OneOf(2 * HoursOfDay, (int)(hour.HourOfDay + HoursOfDay * hour.WorkingDay)),
                Weekday = OneOf(DaysOfWeek, (int)hour.Weekday),
                Conditions = [sine, cosine, hour.WorkingDay, hour.Weather, hour.Temperature, hour.Humidity, hour.Wind],
                Label = hour.Count,
                Casual = hour.Casual,
                Registered = hour.Registered,
                Both = [hour.Casual, hour.Registered],
            };
        }
    }

    private static float[] Rented(BikeHour hour) => [hour.Casual, hour.Registered];

    private static float[] OneOf(int count, int index)
    {
        float[] values = new float[count];
        values[index] = 1;
        return values;
    }
}
