namespace MlNetRecurrent;

/// <summary>The encoding of the parts of a date by <see cref="Microsoft.ML.SequenceCatalog.FeaturizeCalendar"/>.</summary>
public enum CalendarEncoding
{
    /// <summary>
    /// Two features for each part, the sine and the cosine of its place in its cycle, so that December is as close to January as to
    /// November. The default.
    /// </summary>
    Cyclic = 0,

    /// <summary>One feature for each possible value of a part: 1 for the current value, 0 for the others.</summary>
    OneHot = 1,

    /// <summary>One feature for each part, its value as a number.</summary>
    Number = 2,
}
