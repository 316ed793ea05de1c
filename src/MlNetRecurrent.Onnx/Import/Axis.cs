namespace MlNetRecurrent.Onnx.Import;

/// <summary>
/// An axis of a value: what was one axis of the input or of a layer, or several of them that a Reshape put side by side, the outermost first. An axis of none is of size 1.
/// </summary>
internal sealed record Axis(IReadOnlyList<AxisPart> Parts)
{
    /// <summary>An axis of size 1 that means nothing.</summary>
    public static Axis Single { get; } = new([]);

    public Axis(AxisKind kind, Extent size)
        : this([new(kind, size)])
    {
    }

    public Extent Size => Parts.Aggregate(Extent.One, (size, part) => size * part.Size);

    /// <summary>Whether all features of each direction stand here, one direction after the other.</summary>
    public bool IsFeatures => Means([AxisKind.Features]) || Means([AxisKind.Directions, AxisKind.Features]);

    public bool Has(AxisKind kind) => Parts.Any(part => part.Kind == kind);

    /// <summary>Whether it is a whole axis of a kind, and nothing else.</summary>
    public bool Is(AxisKind kind) => Parts.Count == 1 && Parts[0].Kind == kind;

    /// <summary>Whether it is of these kinds. Steps and sequences of which there is one can stand anywhere.</summary>
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

/// <summary>A part of an axis.</summary>
internal readonly record struct AxisPart(AxisKind Kind, Extent Size);

/// <summary>The meaning of an axis. Which of the first two axes of the input is the time is known once a recurrent layer reads them.</summary>
internal enum AxisKind
{
    First,
    Second,
    Features,
    Directions,
    Outputs,
}
