using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Orders;

/// <summary>Checks whether a column can say the order of rows.</summary>
internal static class OrderColumn
{
    /// <exception cref="InvalidOperationException">The column has no order, or its keys are numbered in another order than their
    /// values.</exception>
    public static void ThrowIfUnfit(DataViewSchema.Column column, OrderSettings settings)
    {
        if (column.Type is VectorDataViewType || !column.Type.RawType.IsAssignableTo(typeof(IComparable)))
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}; " +
                "expected a number or a time (ConvertType parses text into DateTime), or a key.");
        }
        OrderInterval.ThrowIfUnfit(column, settings);
        if (column.Type is KeyDataViewType && KeyValueOrder.Find(column) is { Descent: { } place, Texts: var texts })
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}, whose keys are numbered in another order than their values: " +
                $"key {place} is '{texts[place - 1]}', key {place + 1} '{texts[place]}'. MapValueToKey numbers values as they occur. " +
                "Order by the values themselves: ConvertType (outputKind: DataKind.DateTime) parses text.");
        }
    }

    /// <summary>Warns if it is unknown whether keys are numbered in the order of their values.</summary>
    public static void WarnIfUnknown(WarningLog warnings, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType && KeyValueOrder.Find(column) is { IsKnown: false })
        {
            warnings.Warn(
                RecurrentWarning.TextKeysAsOrder, MessageSensitivity.Schema,
                $"Order column '{column.Name}' holds keys of texts, which MapValueToKey numbers as they occur, " +
                "so that their order is that of the data it was fitted on. " +
                "Order by a time: ConvertType (outputKind: DataKind.DateTime) parses text.");
        }
    }
}
