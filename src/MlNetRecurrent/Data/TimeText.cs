using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Times as text, from which they come back tick for tick, wherever that is: no time zone is asked.</summary>
internal static class TimeText
{
    private const string Local = " local";

    /// <summary>Digits of a year, of a month and so on down to ticks: what <c>"O"</c> has before a zone.</summary>
    private const string Clock = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    private static readonly int _clockLength = DateTime.MinValue.ToString(Clock, CultureInfo.InvariantCulture).Length;

    /// <summary>The clock, and its kind: nothing, <c>Z</c> for UTC, or a word for a local time, whose distance from UTC depends on where one is.</summary>
    public static string Write(DateTime time) => WriteClock(time) + time.Kind switch
    {
        DateTimeKind.Utc => "Z",
        DateTimeKind.Local => Local,
        _ => "",
    };

    /// <summary>The clock alone, by which <see cref="DateTime"/> compares.</summary>
    public static string WriteClock(DateTime time) => time.ToString(Clock, CultureInfo.InvariantCulture);

    /// <summary>A time that <see cref="Write(DateTime)"/> wrote, or <c>"O"</c>, which has the distance from UTC behind a local time.</summary>
    /// <exception cref="FormatException">It is no time.</exception>
    public static DateTime ReadDateTime(string text)
    {
        string zone = text.Length > _clockLength ? text[_clockLength..] : "";
        var clock = DateTime.ParseExact(text[..^zone.Length], Clock, CultureInfo.InvariantCulture, DateTimeStyles.None);
        return DateTime.SpecifyKind(clock, zone switch
        {
            "" => DateTimeKind.Unspecified,
            "Z" => DateTimeKind.Utc,
            Local or ['+' or '-', _, _, ':', _, _] => DateTimeKind.Local,
            _ => throw new FormatException($"'{text}' is no time."),
        });
    }

    public static string Write(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is no time.</exception>
    public static DateTimeOffset ReadDateTimeOffset(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    public static string Write(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is no time.</exception>
    public static TimeSpan ReadTimeSpan(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);
}
