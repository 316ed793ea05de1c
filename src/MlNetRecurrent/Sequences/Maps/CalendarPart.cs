using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A part of a date.</summary>
/// <param name="Part">The part.</param>
/// <param name="First">The smallest value.</param>
/// <param name="Last">The largest value.</param>
/// <param name="ValueOf">Its value in a date.</param>
/// <param name="PeriodOf">The number of values in the cycle that a date is in.</param>
internal sealed record CalendarPart(
    CalendarParts Part, int First, int Last, Func<DateTime, int> ValueOf, Func<DateTime, int> PeriodOf)
{
    private static readonly CalendarPart[] _all =
    [
        new(CalendarParts.MinuteOfDay, 0, 1439, date => date.Hour * 60 + date.Minute, _ => 1440),
        new(CalendarParts.HourOfDay, 0, 23, date => date.Hour, _ => 24),
        new(CalendarParts.DayOfWeek, 1, 7, date => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, _ => 7),
        new(CalendarParts.DayOfMonth, 1, 31, date => date.Day, date => DateTime.DaysInMonth(date.Year, date.Month)),
        new(CalendarParts.DayOfYear, 1, 366, date => date.DayOfYear, date => DateTime.IsLeapYear(date.Year) ? 366 : 365),
        new(CalendarParts.WeekOfYear, 1, 53, ISOWeek.GetWeekOfYear, WeeksInYear),
        new(CalendarParts.Month, 1, 12, date => date.Month, _ => 12),
        new(CalendarParts.Weekend, 0, 1, date => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0, _ => 2),
    ];

    /// <summary>All parts together.</summary>
    public static CalendarParts All { get; } = _all.Aggregate(CalendarParts.None, (parts, part) => parts | part.Part);

    public static CalendarPart[] Of(CalendarParts parts) => Array.FindAll(_all, part => parts.HasFlag(part.Part));

    /// <summary>The names of the features.</summary>
    public IEnumerable<string> NameSlots(CalendarEncoding encoding) => Effective(encoding) switch
    {
        CalendarEncoding.Cyclic => [$"{Part}.Sin", $"{Part}.Cos"],
        CalendarEncoding.OneHot => Enumerable.Range(First, Last - First + 1).Select(value => $"{Part}={NameOf(value)}"),
        _ => [$"{Part}"],
    };

    /// <summary>Writes the features of a date.</summary>
    /// <returns>Their number.</returns>
    public int Write(DateTime date, CalendarEncoding encoding, Span<float> target)
    {
        int value = ValueOf(date);
        switch (Effective(encoding))
        {
            case CalendarEncoding.Cyclic:
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (value - First) / PeriodOf(date));
                (target[0], target[1]) = ((float)sin, (float)cos);
                return 2;
            case CalendarEncoding.OneHot:
                target[..(Last - First + 1)].Clear();
                target[value - First] = 1;
                return Last - First + 1;
            default:
                target[0] = value;
                return 1;
        }
    }

    /// <summary>A yes or no is one number in any encoding.</summary>
    private CalendarEncoding Effective(CalendarEncoding encoding) =>
        Part == CalendarParts.Weekend ? CalendarEncoding.Number : encoding;

    private string NameOf(int value) => Part == CalendarParts.DayOfWeek
        ? ((DayOfWeek)(value % 7)).ToString()
        : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The last days of 9999 are in a week of the year 10000, which has no length.</summary>
    private static int WeeksInYear(DateTime date) => ISOWeek.GetWeeksInYear(Math.Clamp(ISOWeek.GetYear(date), 1, 9999));
}
