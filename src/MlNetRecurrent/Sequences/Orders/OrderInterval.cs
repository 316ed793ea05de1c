using System.Globalization;
using System.Numerics;

namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The expected difference between the orders of neighboring rows.</summary>
internal static class OrderInterval
{
    /// <summary>What rounding may add to an interval of floating-point numbers, as a part of it.</summary>
    private const double Rounding = 1e-3;

    /// <exception cref="InvalidOperationException">The interval is of another kind than the column.</exception>
    public static void ThrowIfUnfit(DataViewSchema.Column column, OrderSettings settings)
    {
        if (settings.Interval is { } number && OfNumbers(column.Type.RawType, number) is null)
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}; {nameof(SlidingWindowOptions.OrderInterval)} needs a number or a key. " +
                $"Set {nameof(SlidingWindowOptions.OrderTimeInterval)} for times.");
        }
        if (settings.TimeInterval is { } time && OfTimes(column.Type.RawType, time) is null)
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}; " +
                $"{nameof(SlidingWindowOptions.OrderTimeInterval)} needs DateTime, DateTimeOffset or TimeSpan. " +
                $"Set {nameof(SlidingWindowOptions.OrderInterval)} for numbers.");
        }
    }

    /// <summary>The test of whether a value, given second, follows another one at the interval; null where any interval is
    /// possible.</summary>
    public static Func<T, T, bool>? Test<T>(OrderSettings settings) => (Func<T, T, bool>?)(settings switch
    {
        { Interval: { } number } => OfNumbers(typeof(T), number),
        { TimeInterval: { } time } => OfTimes(typeof(T), time),
        _ => null,
    });

    /// <summary>The interval as a message shows it.</summary>
    public static string Describe(OrderSettings settings) =>
        settings.TimeInterval?.ToString("c", CultureInfo.InvariantCulture)
        ?? settings.Interval?.ToString(CultureInfo.InvariantCulture)
        ?? "";

    private static Delegate? OfNumbers(Type type, double interval) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => (Func<float, float, bool>)((last, value) => IsClose((double)value - last, interval, Spacing(last, value))),
        TypeCode.Double => (Func<double, double, bool>)((last, value) => IsClose(value - last, interval, Spacing(last, value))),
        TypeCode.SByte => OfWhole<sbyte>(interval),
        TypeCode.Byte => OfWhole<byte>(interval),
        TypeCode.Int16 => OfWhole<short>(interval),
        TypeCode.UInt16 => OfWhole<ushort>(interval),
        TypeCode.Int32 => OfWhole<int>(interval),
        TypeCode.UInt32 => OfWhole<uint>(interval),
        TypeCode.Int64 => OfWhole<long>(interval),
        TypeCode.UInt64 => OfWhole<ulong>(interval),
        _ => null,
    };

    private static Delegate? OfTimes(Type type, TimeSpan interval)
    {
        if (type == typeof(DateTime)) return (Func<DateTime, DateTime, bool>)((last, value) => value - last == interval);
        if (type == typeof(DateTimeOffset)) return (Func<DateTimeOffset, DateTimeOffset, bool>)((last, value) => value - last == interval);
        // The difference of two TimeSpans may be too large for one.
        if (type == typeof(TimeSpan))
            return (Func<TimeSpan, TimeSpan, bool>)((last, value) => (Int128)value.Ticks - last.Ticks == interval.Ticks);
        return null;
    }

    private static Func<T, T, bool> OfWhole<T>(double interval)
        where T : INumberBase<T> => (last, value) => (double)(Int128.CreateChecked(value) - Int128.CreateChecked(last)) == interval;

    /// <summary>Neighboring floating-point numbers differ by the spacing, so that each of the two may be half of it off. A quarter of the
    /// interval is the most, so that a missing row is found.</summary>
    private static bool IsClose(double difference, double interval, double spacing) =>
        Math.Abs(difference - interval) <= Math.Max(Rounding * interval, Math.Min(spacing, 0.25 * interval));

    private static double Spacing(float last, float value)
    {
        float larger = MathF.Max(MathF.Abs(last), MathF.Abs(value));
        return MathF.BitIncrement(larger) - larger;
    }

    private static double Spacing(double last, double value)
    {
        double larger = Math.Max(Math.Abs(last), Math.Abs(value));
        return Math.BitIncrement(larger) - larger;
    }
}
