namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators that keep the order of the numbers and merge or split axes.</summary>
internal static class ReshapeNodes
{
    public static DataValue Reshape(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        IReadOnlyList<Extent> target = node.TryReadIntegers(1)?.Numbers
            ?? throw node.Refuse("has a shape that is not made of constants and of the sizes of the input");
        if (target.Count > Axis.MostAxes)
            throw node.Refuse($"makes a value with {target.Count} axes; the most are {Axis.MostAxes}");
        var shape = new List<Extent?>();
        foreach ((int place, Extent size) in target.Index())
        {
            bool isCopy = size == new Extent(0), isRest = size.Factor < 0;
            bool isBadCopy = isCopy && (place >= x.Axes.Count || node.ReadInteger("allowzero", 0) != 0);
            bool isBadRest = isRest && (size != new Extent(-1) || shape.Contains(null));
            if (isBadCopy || isBadRest)
            {
                throw node.ReportDamage(
                    $"has a size of {size.Factor} at axis {place} of its shape, for a value with {x.Axes.Count} axes");
            }
            shape.Add(isCopy ? x.Axes[place].Size : isRest ? null : size);
        }
        return Group(node, x, shape);
    }

    public static DataValue Flatten(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        long axis = node.ReadInteger("axis", 1);
        int rank = x.Axes.Count, place = axis == rank ? rank : node.FindPlace(axis, rank);
        return x with { Axes = [Merge(x.Axes.Take(place)), Merge(x.Axes.Skip(place))] };
    }

    private static Axis Merge(IEnumerable<Axis> axes) => new([.. axes.SelectMany(axis => axis.Parts)]);

    private static DataValue Group(GraphNode node, DataValue x, List<Extent?> shape)
    {
        AxisPart[] parts = [.. x.Axes.SelectMany(axis => axis.Parts)];
        if (TryGroup(parts, shape) is { } axes)
            return x with { Axes = axes };
        // The shape can have a batch size of 1 although the input allows others. Such a graph fails with other batch sizes.
        AxisKind? batch = x.Parts.Count > 0 ? x.Parts[0].Layer.Batch : x.Head?.Top.Batch;
        AxisPart[] ofOne = [.. parts.Select(part => part.Kind == batch ? part with { Size = Extent.One } : part)];
        int rest = shape.IndexOf(null);
        if (batch is not null && TryGroup(ofOne, shape) is { } single && (rest < 0 || single[rest].Has(AxisKind.Features)))
            return x with { Axes = single };
        IEnumerable<string> sizes = shape.Select(size => size is null ? "-1" : size is { IsKnown: true } known ? $"{known.Factor}" : "?");
        string wanted = string.Join(", ", sizes);
        throw node.Refuse($"makes a shape [{wanted}] that mixes steps, sequences or features");
    }

    /// <summary>Distributes parts to the axes of a shape; null if an axis would split a part.</summary>
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
            // The last axis takes the remaining parts of size 1.
            if (i == axes.Length - 1)
                next = parts.Length;
            axes[i] = new Axis(parts[start..next]);
            if (axes[i].Size != wanted)
                return null;
        }
        return next == parts.Length ? axes : null;
    }
}
