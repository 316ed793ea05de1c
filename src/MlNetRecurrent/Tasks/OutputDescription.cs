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
}
