using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Times as text, without loss and independent of the time zone of the machine.</summary>
internal static class TimeText
{
    private const string Local = " local";

    /// <summary>The format of <c>"O"</c> without the time zone.</summary>
    private const string Clock = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    private static readonly int _clockLength = DateTime.MinValue.ToString(Clock, CultureInfo.InvariantCulture).Length;

    /// <summary>
    /// Writes the clock time and its kind: nothing, <c>Z</c> for UTC, or a word for local time, whose offset from UTC depends on the
    /// machine.
    /// </summary>
    public static string Write(DateTime time) => WriteClock(time) + time.Kind switch
    {
        DateTimeKind.Utc => "Z",
        DateTimeKind.Local => Local,
        _ => "",
    };

    /// <summary>Writes the clock time only, by which <see cref="DateTime"/> compares.</summary>
    public static string WriteClock(DateTime time) => time.ToString(Clock, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a time written by <see cref="Write(DateTime)"/> or with <c>"O"</c>, which appends the offset from UTC to a local time.
    /// </summary>
    /// <exception cref="FormatException">The text is not a time.</exception>
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

    /// <exception cref="FormatException">The text is not a time.</exception>
    public static DateTimeOffset ReadDateTimeOffset(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    public static string Write(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is not a time.</exception>
    public static TimeSpan ReadTimeSpan(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);
}
