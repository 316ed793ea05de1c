namespace MlNetRecurrent.Tasks;

/// <summary>The outputs of a model as they are written to its file.</summary>
internal sealed record OutputDescription
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>Number of outputs.</summary>
    public required int Count { get; init; }

    /// <summary>The type of the label values, where there are any.</summary>
    public string? LabelKind { get; init; }

    /// <summary>The label values as text, the first key's first.</summary>
    public string[]? LabelValues { get; init; }

    /// <summary>The scale of the labels of a regression.</summary>
    public LabelScale? LabelScale { get; init; }

    /// <summary>The slots of labels that are vectors.</summary>
    public LabelSlots? Slots { get; init; }

    /// <summary>The scale of each slot of the labels of a regression.</summary>
    public LabelScale[]? LabelScales { get; init; }

    /// <summary>The score above which the positive of two classes is predicted; null for 0.</summary>
    public float? Threshold { get; init; }

    /// <summary>The additional outputs, if there are any.</summary>
    public IReadOnlyList<AdditionalDescription>? Additional { get; init; }

    /// <summary>The same outputs, in the unit of the labels already.</summary>
    public OutputDescription WithoutScale() => this with
    {
        LabelScale = LabelScale is null ? null : LabelScale.One,
        LabelScales = LabelScales is null ? null : Array.ConvertAll(LabelScales, _ => LabelScale.One),
        Additional = Additional is null ? null : [.. Additional.Select(output => output with { Outputs = output.Outputs.WithoutScale() })],
    };

    /// <summary>The slots of labels that are vectors; null for other labels.</summary>
    /// <exception cref="InvalidDataException">Their number or names are not possible.</exception>
    public LabelSlots? RestoreSlots()
    {
        if (Slots is not null)
            LabelSlots.Validate(Slots, Count);
        return Slots;
    }

    /// <summary>The names of the classes, or null where they have none.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer names than classes.</exception>
    public LabelValues? RestoreLabels(int count)
    {
        if (LabelKind is null != LabelValues is null)
            throw new InvalidDataException("The model is damaged: of the kind and the values of its labels one is missing.");
        if (LabelKind is null || LabelValues is null)
            return null;
        if (LabelValues.Length != count)
            throw new InvalidDataException($"The model is damaged: it has {count} classes but {LabelValues.Length} label values.");
        return Data.LabelValues.Restore(LabelKind, LabelValues);
    }

    /// <summary>The scale of the labels of a regression, or that of each of their slots.</summary>
    /// <exception cref="InvalidDataException">One is missing, or no scale.</exception>
    public LabelScale[] RestoreScales()
    {
        if (Slots is null)
            return [Check(LabelScale)];
        if (LabelScales?.Length != Slots.Count || LabelScale is not null)
        {
            throw new InvalidDataException(
                $"The model is damaged: its labels have {Slots.Count} slots but {LabelScales?.Length ?? 0} scales.");
        }
        return Array.ConvertAll(LabelScales, Check);
    }

    private static LabelScale Check(LabelScale? found)
    {
        LabelScale scale = found ?? throw new InvalidDataException("The model is damaged: it does not say the scale of its labels.");
        return double.IsFinite(scale.Mean) && double.IsFinite(scale.Deviation) && scale.Deviation >= 0
            ? scale
            : throw new InvalidDataException(FormattableString.Invariant(
                $"The model is damaged: the mean of its labels is {scale.Mean}, their deviation {scale.Deviation}."));
    }
}
