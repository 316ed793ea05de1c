namespace MlNetRecurrent.Leaks;

/// <summary>Slots that give the label away.</summary>
/// <param name="IsCertain">Whether it can hardly be meant: an error, rather than a warning.</param>
/// <param name="Relation">What the label is to the slots, for messages: "equals", for instance.</param>
/// <param name="Slots">The slots, by name or place.</param>
/// <param name="Rows">Rows in which it holds, which are all that were looked at.</param>
/// <param name="IsEarlier">Whether the slots are of a row before that of the label.</param>
internal sealed record Leak(bool IsCertain, string Relation, string Slots, int Rows, bool IsEarlier = false);
