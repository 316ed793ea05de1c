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

    /// <summary>The label for messages.</summary>
    public string Describe() => Output is null
        ? $"label column '{Column.Name}'"
        : $"additional output '{Output}' (label column '{Column.Name}')";

    /// <summary>The error for a previous model with other labels.</summary>
    /// <param name="difference">The difference, without a full stop.</param>
    /// <param name="remark">A further sentence.</param>
    public static ArgumentException OtherThanBefore(string difference, string remark) => new(
        $"The training cannot go on with the previous model: {difference}. {remark} "
        + $"{nameof(RecurrentOptions.ReplaceOutputs)} keeps the layers and learns the outputs anew.");

    /// <exception cref="ArgumentException">The slots of a previous model differ in number or name.</exception>
    public void ThrowIfOtherSlots(LabelSlots? previous)
    {
        if (LabelSlots.DescribeDifference(previous, Slots, Column.Name) is { } difference)
            throw OtherThanBefore(difference, $"The labels are those of {Describe()}.");
    }

    /// <summary>The error for a label with a single class.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="value">The class, for messages; null where the label has several values.</param>
    public InvalidOperationException NothingToTellApart(long rows, string? value)
    {
        string remedy = Output is null ? "" : $" Leave out the additional output '{Output}', or add rows with another label.";
        const string fault = "there is nothing to tell apart.";
        return new(value is null
            ? $"All {rows} rows to learn from have the same labels in column '{Column.Name}': {fault}{remedy}"
            : $"All {rows} rows to learn from have the same label in column '{Column.Name}', {value}: {fault}{remedy}");
    }
}
