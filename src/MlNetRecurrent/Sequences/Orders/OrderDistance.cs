using System.Globalization;

namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The distance between values of an order, in any unit.</summary>
internal static class OrderDistance
{
    public static double Between(IComparable from, IComparable to) => (from, to) switch
    {
        (DateTime before, DateTime after) => (after - before).Ticks,
        (DateTimeOffset before, DateTimeOffset after) => (after - before).Ticks,
        (TimeSpan before, TimeSpan after) => (double)((Int128)after.Ticks - before.Ticks),
        (float or double, _) => ToDouble(to) - ToDouble(from),
        (ulong before, ulong after) => (double)((Int128)after - before),
        _ => (double)((Int128)Convert.ToInt64(to, CultureInfo.InvariantCulture) - Convert.ToInt64(from, CultureInfo.InvariantCulture)),
    };

    private static double ToDouble(IComparable value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
