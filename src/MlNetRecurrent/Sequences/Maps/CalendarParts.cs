namespace MlNetRecurrent;

/// <summary>
/// The parts of a date and time that <see cref="Microsoft.ML.SequenceCatalog.FeaturizeCalendar"/> turns into features. Combine them with
/// the operator <c>|</c>.
/// </summary>
[Flags]
public enum CalendarParts
{
    /// <summary>No part. Only possible with holidays.</summary>
    None = 0,

    /// <summary>The minute of the day, from 0 to 1439.</summary>
    MinuteOfDay = 1,

    /// <summary>The hour of the day, from 0 to 23.</summary>
    HourOfDay = 2,

    /// <summary>The day of the week, from 1 (Monday) to 7 (Sunday), as in ISO 8601.</summary>
    DayOfWeek = 4,

    /// <summary>The day of the month, from 1 to 31. A cycle has the length of the month.</summary>
    DayOfMonth = 8,

    /// <summary>The day of the year, from 1 to 366. A cycle has the length of the year.</summary>
    DayOfYear = 16,

    /// <summary>The week of the year, from 1 to 53, as in ISO 8601. A cycle has the length of the year in weeks, 52 or 53.</summary>
    WeekOfYear = 32,

    /// <summary>The month, from 1 to 12.</summary>
    Month = 64,

    /// <summary>1 on Saturday and Sunday, 0 on other days, whatever the encoding.</summary>
    Weekend = 128,
}
