namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators that change the axes or the type of a value and keep its numbers.</summary>
internal static class LayoutNodes
{
    public static DataValue Transpose(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        int rank = x.Axes.Count;
        long[] reversed = [.. Enumerable.Range(0, rank).Reverse().Select(place => (long)place)];
        long[] order = node.FindAttribute("perm")?.Ints.ToArray() ?? reversed;
        if (order.Length != rank || order.Any(place => place < 0))
            throw node.ReportDamage($"has a perm of [{string.Join(", ", order.Take(Axis.MostAxes))}] for a value with {rank} axes");
        return x with { Axes = [.. node.FindPlaces(order, rank).Select(place => x.Axes[place])] };
    }

    /// <summary>Without a list of axes, all axes of size 1 are removed.</summary>
    public static DataValue Squeeze(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        IEnumerable<int> ofSizeOne = Enumerable.Range(0, x.Axes.Count).Where(place => x.Axes[place].Size.IsOne);
        int[] places = node.FindPlaces(node.ReadAxes(inputSince: 13) ?? ofSizeOne.Select(place => (long)place), x.Axes.Count);
        if (places.FirstOrDefault(place => !x.Axes[place].Size.IsOne, -1) is >= 0 and var wide)
            throw node.Refuse($"takes away axis {wide}, which is not known to be of size 1");
        return x with { Axes = [.. x.Axes.Where((_, place) => !places.Contains(place))] };
    }

    public static DataValue Unsqueeze(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        long[] axes = node.ReadAxes(inputSince: 13) ?? throw node.ReportDamage("has no axes");
        int rank = x.Axes.Count + axes.Length;
        if (rank > Axis.MostAxes)
            throw node.Refuse($"makes a value with {rank} axes; the most are {Axis.MostAxes}");
        int[] places = node.FindPlaces(axes, rank);
        var rest = new Queue<Axis>(x.Axes);
        return x with { Axes = [.. Enumerable.Range(0, rank).Select(place => places.Contains(place) ? Axis.Single : rest.Dequeue())] };
    }

    /// <summary>Accepts a Cast to a type that represents all numbers exactly.</summary>
    public static DataValue Cast(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        var to = (OnnxType)node.ReadInteger("to", 0);
        double largest = FindLargestToken(to) ?? throw node.Refuse($"makes {to} of numbers, which changes them");
        if (x.Kind != DataKind.Tokens && to is not (OnnxType.Single or OnnxType.Double))
            throw node.Refuse($"makes {to} of numbers, which rounds them");
        return x with { Type = to, LargestToken = Math.Min(x.LargestToken, largest) };
    }

    /// <summary>The largest token up to which a type represents all tokens exactly; null for types that are not read.</summary>
    public static double? FindLargestToken(OnnxType type) => type switch
    {
        OnnxType.Int8 => sbyte.MaxValue,
        OnnxType.UInt8 => byte.MaxValue,
        OnnxType.Int16 => short.MaxValue,
        OnnxType.UInt16 => ushort.MaxValue,
        OnnxType.Int32 or OnnxType.Int64 or OnnxType.UInt32 or OnnxType.UInt64 or OnnxType.Double => int.MaxValue,
        OnnxType.Single => 1 << 24,
        _ => null,
    };

    /// <summary>Accepts a Dropout that is not in training mode.</summary>
    public static DataValue SkipDropout(GraphNode node)
    {
        if (node.Has(2) && !node.IsFalse(2))
            throw node.Refuse("drops numbers, as in training");
        return node.ReadData(0);
    }
}
