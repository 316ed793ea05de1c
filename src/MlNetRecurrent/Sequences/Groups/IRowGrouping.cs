using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The settings of a transform that keeps rows by group.</summary>
internal interface IRowGrouping
{
    /// <summary>The column of the groups; null where all rows are one.</summary>
    string? GroupColumnName { get; }

    /// <summary>The rules for the order of the rows of a group; null if there are none.</summary>
    OrderSettings? Order { get; }

    /// <summary>The treatment of rows without a group.</summary>
    MissingRowAction MissingGroups { get; }

    /// <summary>The treatment of rows without an order.</summary>
    MissingRowAction MissingOrders { get; }

    /// <summary>Whether the rows of a group follow one another, so that a group is forgotten when the next one begins.</summary>
    bool GroupsAreContiguous { get; }

    WarningPolicy Warnings { get; }
}
