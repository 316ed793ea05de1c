using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The columns of the groups and of their order in a schema.</summary>
internal static class RowGroupingRules
{
    /// <summary>The columns that say which rows belong together, and how they follow one another.</summary>
    public static IEnumerable<string> ColumnNames(this IRowGrouping grouping)
    {
        if (grouping.GroupColumnName is { } group)
            yield return group;
        if (grouping.Order is { } order)
            yield return order.ColumnName;
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another kind.</exception>
    public static void ThrowIfUnfit(this IRowGrouping grouping, SchemaShape inputSchema)
    {
        if (grouping.GroupColumnName is { } name && SchemaShapeRules.Find(inputSchema, name) is var group
            && group.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw SchemaShapeRules.Unfit(group, "a scalar, for groups");
        }
        if (grouping.Order is { } order)
            SchemaShapeRules.ThrowIfNoOrder(SchemaShapeRules.Find(inputSchema, order.ColumnName));
    }

    /// <exception cref="InvalidOperationException">The column of the groups is a vector.</exception>
    public static void ThrowIfVector(DataViewSchema.Column group)
    {
        if (group.Type is VectorDataViewType vector)
            throw new InvalidOperationException($"Group column '{group.Name}' is {vector}; expected a scalar.");
    }

    /// <summary>Warns if it is unknown whether keys are numbered in the order of their values.</summary>
    public static void WarnIfOrderIsUnknown(
        this IRowGrouping grouping, IHostEnvironment environment, string component, DataViewSchema input)
    {
        if (grouping.Order is { } order)
            OrderColumn.WarnIfUnknown(new(environment, component, grouping.Warnings), input[order.ColumnName]);
    }
}
