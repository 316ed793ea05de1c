using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The settings of a transform that keeps rows by group.</summary>
internal interface IRowGrouping
{
    /// <summary>The column of the groups; null where all rows are one.</summary>
    string? GroupColumnName { get; }

    /// <summary>How the rows of a group must follow one another; null to take them as they come.</summary>
    OrderSettings? Order { get; }

    /// <summary>How rows without a group are treated.</summary>
    MissingRowAction MissingGroups { get; }

    /// <summary>How rows without an order are treated.</summary>
    MissingRowAction MissingOrders { get; }

    /// <summary>Whether the rows of a group follow one another, so that a group is forgotten when the next one begins.</summary>
    bool GroupsAreContiguous { get; }

    WarningPolicy Warnings { get; }
}
