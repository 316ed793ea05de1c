namespace MlNetRecurrent.Tasks;

/// <summary>A label column of the data, and how a network learns it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Column">The column.</param>
internal sealed record LabelColumn(RecurrentTask Task, DataViewSchema.Column Column)
{
    /// <summary>The name of an additional output; null for the main one.</summary>
    public string? Output { get; init; }

    /// <summary>The weight of its loss.</summary>
    public float LossWeight { get; init; } = 1;

    /// <summary>The slots of labels that are vectors with several values for a sequence; null for other labels.</summary>
    public LabelSlots? Slots { get; } = Task.SlotsOf(Column);

    /// <summary>The number of values of a label.</summary>
    public int Size => Slots?.Count ?? 1;
}
