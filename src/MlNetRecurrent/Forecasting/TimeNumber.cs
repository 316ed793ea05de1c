using System.Globalization;

namespace MlNetRecurrent.Forecasting;

/// <summary>Reads a time as a number: seconds of a date, or the number itself.</summary>
internal static class TimeNumber
{
    /// <exception cref="InvalidOperationException">The column is neither a time nor a number.</exception>
    public static Func<double> Of(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not (NumberDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType))
        {
            throw new InvalidOperationException(
                $"Time column '{column.Name}' is {column.Type}; expected a number or a time (ConvertType parses text into DateTime).");
        }
        return TypeDispatch.Call(OfValues<int>, column.Type, row, column);
    }

    private static Func<double> OfValues<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value switch
            {
                DateTime time => time.Ticks == 0 ? double.NaN : Seconds(time.Ticks),
                DateTimeOffset time => time.Ticks == 0 ? double.NaN : Seconds(time.UtcTicks),
                TimeSpan time => Seconds(time.Ticks),
                IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
                _ => double.NaN,
            };
        };
    }

    private static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;
}
