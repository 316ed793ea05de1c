using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Splits;

/// <summary>Reads what orders the current row, and refuses rows that have nothing.</summary>
internal static class TimeReader
{
    private static readonly MethodInfo _of = typeof(TimeReader).GetMethod(nameof(OfValues), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Func<IComparable> Of(DataViewRow row, DataViewSchema.Column column)
    {
        OrderColumn.ThrowIfUnfit(column, new OrderSettings(column.Name, AllowsTies: true));
        MethodInfo make = _of.MakeGenericMethod(column.Type.RawType);
        return (Func<IComparable>)make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!;
    }

    private static Func<IComparable> OfValues<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IComparable
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        bool isKey = column.Type is KeyDataViewType;
        T value = default;
        return () =>
        {
            getter(ref value);
            bool isMissing = value switch
            {
                float number => float.IsNaN(number),
                double number => double.IsNaN(number),
                // An empty cell reads as the first of all dates.
                DateTime time => time.Ticks == 0,
                DateTimeOffset time => time == default,
                _ => isKey && EqualityComparer<T>.Default.Equals(value, default),
            };
            if (!isMissing)
                return value;
            throw new InvalidOperationException(
                $"Row {row.Position} (counted from 0) has no value in order column '{column.Name}'. Leave such rows out.");
        };
    }
}
