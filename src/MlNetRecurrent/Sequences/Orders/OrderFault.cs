using System.Globalization;

namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The current row cannot follow another row of its group.</summary>
/// <param name="Start">The message before the group is named.</param>
/// <param name="End">The message after that, with what to do.</param>
internal sealed record OrderFault(string Start, string End)
{
    /// <param name="group">The group, as <c>GroupReader</c> describes it; empty where all rows are one.</param>
    public InvalidOperationException In(string group) => new($"{Start}{group}{End}");

    public static OrderFault OutOfOrder<T>(string column, T value, long row, T last) => new(
        $"Row {row} (counted from 0) has {Show(value)} in order column '{column}', before the {Show(last)} of the row before it",
        $". Sort the rows by '{column}' first.{ClockAdvice(value)}");

    public static OrderFault Tie<T>(string column, T value, long row, long other) => new(
        $"Row {row} (counted from 0) has {Show(value)} in order column '{column}', the same as row {other}",
        $": nothing says which comes first.{PrecisionAdvice(value)}{ClockAdvice(value)} " +
        $"With {nameof(SlidingWindowOptions.AllowOrderTies)} of the options, equal rows keep the order of the data.");

    public static OrderFault Gap<T>(string column, T value, long row, T last, string interval) => new(
        $"Row {row} (counted from 0) has {Show(value)} in order column '{column}', but the row before it",
        $" has {Show(last)}; the expected interval is {interval}. " +
        "Add the rows that are missing (with missing values, which ReplaceMissingValues fills), or split the group at the gap." +
        $"{PrecisionAdvice(value)}{ClockAdvice(value)}");

    /// <summary>A value of an order as a message shows it.</summary>
    public static string Show<T>(T value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    /// <summary>Says so where neighboring whole numbers are the same floating-point number.</summary>
    private static string PrecisionAdvice<T>(T value)
    {
        (string type, double step) = value switch
        {
            float number => ("Single", (double)MathF.BitIncrement(MathF.Abs(number)) - MathF.Abs(number)),
            double number => ("Double", Math.BitIncrement(Math.Abs(number)) - Math.Abs(number)),
            _ => ("", 0),
        };
        string wider = value is float ? "Double, Int64 or DateTime" : "Int64 or DateTime";
        return step <= 1 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" Near this value {type} numbers are {step} apart, so that different times can become equal: read the column as {wider}.");
    }

    private static string ClockAdvice<T>(T value) => value is DateTime
        ? " A clock that is put back, as at the end of daylight saving time, shows times twice: use UTC or DateTimeOffset."
        : "";
}
