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

    /// <summary>The scale of the labels of a regression.</summary>
    /// <exception cref="InvalidDataException">It is missing, or no scale.</exception>
    public LabelScale RestoreScale()
    {
        LabelScale scale = LabelScale ?? throw new InvalidDataException("The model is damaged: it does not say the scale of its labels.");
        return double.IsFinite(scale.Mean) && double.IsFinite(scale.Deviation) && scale.Deviation >= 0
            ? scale
            : throw new InvalidDataException(FormattableString.Invariant(
                $"The model is damaged: the mean of its labels is {scale.Mean}, their deviation {scale.Deviation}."));
    }
}
