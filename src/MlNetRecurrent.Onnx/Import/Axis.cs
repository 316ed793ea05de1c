namespace MlNetRecurrent.Onnx.Import;

/// <summary>An axis of a value: one axis of the input or of a layer, or several that a Reshape merged.</summary>
/// <param name="Parts">The merged axes, outermost first. An axis without parts has size 1.</param>
internal sealed record Axis(IReadOnlyList<AxisPart> Parts)
{
    /// <summary>The most axes of a value.</summary>
    public const int MostAxes = 8;

    /// <summary>An axis of size 1 without a meaning.</summary>
    public static Axis Single { get; } = new([]);

    public Axis(AxisKind kind, Extent size)
        : this([new(kind, size)])
    {
    }

    public Extent Size => Parts.Aggregate(Extent.One, (size, part) => size * part.Size);

    /// <summary>Whether the axis holds all features, one direction after the other.</summary>
    public bool IsFeatures => Means([AxisKind.Features]) || Means([AxisKind.Directions, AxisKind.Features]);

    public bool Has(AxisKind kind) => Parts.Any(part => part.Kind == kind);

    /// <summary>Whether the axis is one unmerged axis of a kind.</summary>
    public bool Is(AxisKind kind) => Parts.Count == 1 && Parts[0].Kind == kind;

    /// <summary>Whether the axis merges these kinds. An axis of the input with size 1 can be anywhere between them.</summary>
    public bool Means(ReadOnlySpan<AxisKind> kinds)
    {
        int found = 0;
        foreach (AxisPart part in Parts)
        {
            if (part.Kind is AxisKind.First or AxisKind.Second && part.Size.IsOne && !kinds.Contains(part.Kind))
                continue;
            if (found == kinds.Length || kinds[found++] != part.Kind)
                return false;
        }
        return found == kinds.Length;
    }
}

/// <summary>A part of a merged axis.</summary>
internal readonly record struct AxisPart(AxisKind Kind, Extent Size);

/// <summary>The meaning of an axis. The first recurrent layer determines which of the first two axes of the input is the time.</summary>
internal enum AxisKind
{
    First,
    Second,
    Features,
    Directions,
    Outputs,
}
