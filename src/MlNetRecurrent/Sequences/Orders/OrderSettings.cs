namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The rules for the order of the rows of a group.</summary>
/// <param name="ColumnName">The column with the order.</param>
/// <param name="AllowsTies">Whether rows may be equal in order.</param>
internal sealed record OrderSettings(string ColumnName, bool AllowsTies)
{
    /// <summary>The difference between a row and the next one, where the order is a number; null where any is possible.</summary>
    public double? Interval { get; init; }

    /// <summary>The difference between a row and the next one, where the order is a time; null where any is possible.</summary>
    public TimeSpan? TimeInterval { get; init; }
}
