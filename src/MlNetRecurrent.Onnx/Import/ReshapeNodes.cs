namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators that leave the numbers in their order, and put axes side by side or take those apart again.</summary>
internal static class ReshapeNodes
{
    private const int MostAxes = 8;

    public static DataValue Reshape(GraphNode node)
    {
        DataValue x = node.Data(0);
        IReadOnlyList<Extent> target = node.TryIntegers(1)?.Numbers ?? throw node.Refuse("has a shape that is not made of constants and of the sizes of the input");
        if (target.Count > MostAxes)
            throw node.Refuse($"makes a value with {target.Count} axes; the most are {MostAxes}");
        var shape = new List<Extent?>();
        foreach ((int place, Extent size) in target.Index())
        {
            bool isCopy = size == new Extent(0);
            if ((isCopy && (place >= x.Axes.Count || node.Integer("allowzero", 0) != 0)) || (size.Factor < 0 && (size != new Extent(-1) || shape.Contains(null))))
                throw node.Damaged($"has a size of {size.Factor} at axis {place} of its shape, for a value with {x.Axes.Count} axes");
            shape.Add(isCopy ? x.Axes[place].Size : size.Factor < 0 ? null : size);
        }
        return Group(node, x, shape);
    }

    public static DataValue Flatten(GraphNode node)
    {
        DataValue x = node.Data(0);
        long axis = node.Integer("axis", 1);
        int rank = x.Axes.Count, place = axis == rank ? rank : node.Place(axis, rank);
        return x with { Axes = [new([.. x.Axes.Take(place).SelectMany(merged => merged.Parts)]), new([.. x.Axes.Skip(place).SelectMany(merged => merged.Parts)])] };
    }

    private static DataValue Group(GraphNode node, DataValue x, List<Extent?> shape)
    {
        AxisPart[] parts = [.. x.Axes.SelectMany(axis => axis.Parts)];
        if (TryGroup(parts, shape) is { } axes)
            return x with { Axes = axes };
        // A graph of a single sequence may say 1 where its input says that there may be several: it fails with several.
        AxisKind? batch = x.Parts.Count > 0 ? x.Parts[0].Layer.Batch : x.Head?.Top.Batch;
        if (batch is not null && TryGroup([.. parts.Select(part => part.Kind == batch ? part with { Size = Extent.One } : part)], shape) is { } single
            && (shape.IndexOf(null) is var rest && (rest < 0 || single[rest].Has(AxisKind.Features))))
        {
            return x with { Axes = single };
        }
        string wanted = string.Join(", ", shape.Select(size => size is null ? "-1" : size is { IsKnown: true } known ? $"{known.Factor}" : "?"));
        throw node.Refuse($"makes a shape [{wanted}] that mixes steps, sequences or features");
    }

    /// <summary>The axes of a shape, where each is a whole number of parts.</summary>
    private static Axis[]? TryGroup(AxisPart[] parts, List<Extent?> shape)
    {
        Extent rest = new Axis(parts).Size;
        foreach (Extent? size in shape)
        {
            if (size is not { } known)
                continue;
            if (rest.DivideBy(known) is not { } quotient)
                return null;
            rest = quotient;
        }
        if (!shape.Contains(null) && !rest.IsOne)
            return null;
        var axes = new Axis[shape.Count];
        int next = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            Extent wanted = shape[i] ?? rest, found = Extent.One;
            int start = next;
            do
            {
                if (next == parts.Length || (found.IsOne && wanted.IsOne && !parts[next].Size.IsOne))
                    break;
                found *= parts[next++].Size;
            }
            while (found != wanted && !wanted.IsOne);
            // What is left of size 1 stands on the last axis.
            if (i == axes.Length - 1)
                next = parts.Length;
            axes[i] = new Axis(parts[start..next]);
            if (axes[i].Size != wanted)
                return null;
        }
        return next == parts.Length ? axes : null;
    }
}
