using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Leaks;

/// <summary>The labels that are compared with what a network reads.</summary>
/// <param name="Task">The task, which defines them.</param>
/// <param name="Slots">The slots of labels that are vectors; null for other labels.</param>
/// <param name="First">The place of their first value among the labels of an example.</param>
/// <param name="Stride">The number of values of the labels of all columns.</param>
/// <param name="Names">The names of the label column and of the columns it was copied from.</param>
internal sealed record LabelSource(RecurrentTask Task, LabelSlots? Slots, int First, int Stride, IReadOnlyCollection<string> Names);
