namespace MlNetRecurrent.Leaks;

/// <summary>Slots that reveal the label.</summary>
/// <param name="IsCertain">Whether it can hardly be intended: an error instead of a warning.</param>
/// <param name="Relation">The relation of the label to the slots for messages, such as "equals".</param>
/// <param name="Slots">The slots, by name or position.</param>
/// <param name="Rows">The number of rows in which the relation holds, which are all rows that were searched.</param>
/// <param name="IsEarlier">Whether the slots belong to a row before the row of the label.</param>
internal sealed record Leak(bool IsCertain, string Relation, string Slots, int Rows, bool IsEarlier = false);
