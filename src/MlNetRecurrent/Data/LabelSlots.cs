namespace MlNetRecurrent.Data;

/// <summary>The slots of labels that are vectors of known size, as the outputs of a model have them.</summary>
/// <param name="Count">The number of slots.</param>
/// <param name="Names">The slot names, some of which can be empty; null where the label column has none.</param>
internal sealed record LabelSlots(int Count, string[]? Names = null)
{
    /// <summary>The number of slots that a message names.</summary>
    private const int MostNamed = 3;

    /// <summary>The slots of a column; null where it is no vector of known size.</summary>
    public static LabelSlots? Read(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector)
            return null;
        string[] names = SlotNames.Given(column);
        return new(vector.Size, names.Length == vector.Size ? names : null);
    }

    /// <summary>Restores slots from a model file.</summary>
    /// <exception cref="InvalidDataException">The number of slots or of names is not possible.</exception>
    public static void Validate(LabelSlots slots, int outputs)
    {
        if (slots.Count < 1 || slots.Count > outputs || outputs % slots.Count != 0)
            throw new InvalidDataException($"The model is damaged: its labels have {slots.Count} slots, and it has {outputs} outputs.");
        if (slots.Names is { } names && (names.Length != slots.Count || Array.Exists(names, name => name is null)))
            throw new InvalidDataException($"The model is damaged: of the {slots.Count} slots of its labels, not all have names.");
    }

    /// <summary>The difference from the slots of a previous model, of the labels of a column; null where there is none.</summary>
    public static string? DescribeDifference(LabelSlots? previous, LabelSlots? found, string column)
    {
        if (previous?.Count != found?.Count)
            return $"its label is {DescribeKind(previous)}, that of column '{column}' is {DescribeKind(found)}";
        if (previous?.Names is not { } before || found?.Names is not { } now)
            return null;
        int? other = Enumerable.Range(0, now.Length).Where(i => before[i] != now[i]).Cast<int?>().FirstOrDefault();
        return other is { } slot
            ? $"slot {slot} (counted from 0) of its label is '{before[slot]}', that of column '{column}' is '{now[slot]}'"
            : null;
    }

    /// <summary>The slot for messages.</summary>
    public string Describe(int slot) => Names?[slot] is { Length: > 0 } name ? $"slot '{name}'" : $"slot {slot} (counted from 0)";

    /// <summary>The slots whose labels are all the same, for messages; null where there are none.</summary>
    public string? DescribeConstant(DataStatistics data)
    {
        int[] constant = [.. Enumerable.Range(0, Count).Where(slot => data.Labels[slot].IsConstant)];
        string named = string.Join(", ", constant.Take(MostNamed).Select(Describe));
        return constant.Length == 0 ? null : constant.Length > MostNamed ? $"{named} and {constant.Length - MostNamed} more" : named;
    }

    /// <summary>The type of a column with an item for each slot.</summary>
    public VectorDataViewType TypeOf(PrimitiveDataViewType item) => new(item, Count);

    /// <summary>Adds the slot names to the annotations of a column, if there are any.</summary>
    public void AddNames(DataViewSchema.Annotations.Builder builder)
    {
        if (Names is { } names)
            SlotNames.Add(builder, Count, () => names);
    }

    private static string DescribeKind(LabelSlots? slots) => slots is null ? "a single value" : $"a vector of {slots.Count}";
}
