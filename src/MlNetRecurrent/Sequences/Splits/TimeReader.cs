using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Splits;

/// <summary>Reads the order of the current row, and refuses rows without one.</summary>
internal static class TimeReader
{
    public static Func<IComparable> Of(DataViewRow row, DataViewSchema.Column column)
    {
        var settings = new OrderSettings(column.Name, AllowsTies: true);
        OrderColumn.ThrowIfUnfit(column, settings);
        OrderReader reader = OrderReader.Of(row, settings)!;
        return () => reader.Read() ? reader.BoxedValue : throw new InvalidOperationException(
            $"Row {row.Position} (counted from 0) has no value in order column '{column.Name}'. Leave such rows out.");
    }
}
