namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators on known integers and sizes of axes, with which exporters compute shapes.</summary>
internal static class ShapeNodes
{
    /// <summary>The sizes of the axes of a value.</summary>
    public static IntegerValue ReadShape(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        int rank = x.Axes.Count;
        int start = ClampPlace(node.ReadInteger("start", 0), rank), end = ClampPlace(node.ReadInteger("end", rank), rank);
        return new([.. x.Axes.Take(end).Skip(start).Select(axis => axis.Size)]);
    }

    /// <summary>The result of a node on integers; null if it is unknown.</summary>
    public static IntegerValue? TryEvaluate(GraphNode node)
    {
        bool isOfIntegers = Enumerable.Range(0, node.Inputs.Count).All(input => !node.Has(input) || node.IsInteger(input));
        if (node.Inputs.Count == 0 || !isOfIntegers || Enumerable.Range(0, node.Inputs.Count).Any(node.IsLong))
            return null;
        if (node.Operation is not
            ("Identity" or "Cast" or "Squeeze" or "Unsqueeze" or "Reshape" or "Gather" or "Slice" or "Concat" or "Mul"))
        {
            return null;
        }
        node.Check();
        IntegerValue? x = node.TryReadIntegers(0);
        if (x is null || x.Numbers.Count > GraphNode.MostIntegers)
            return null;
        return node.Operation switch
        {
            "Identity" => x,
            "Cast" => (OnnxType)node.ReadInteger("to", 0) is OnnxType.Int32 or OnnxType.Int64 ? x : null,
            "Squeeze" => Squeeze(node, x),
            "Unsqueeze" => Unsqueeze(node, x),
            "Reshape" => node.ReadIntegers(1) is [var size] && (size == -1 || size == x.Numbers.Count) ? x with { IsScalar = false } : null,
            "Gather" => Gather(node, x),
            "Slice" => Slice(node, x),
            "Concat" => Concat(node),
            _ => Multiply(x, node.TryReadIntegers(1)!),
        };
    }

    private static bool IsFirstAxis(long[] axes) => axes is [0] or [-1];

    private static IntegerValue? Squeeze(GraphNode node, IntegerValue x) =>
        x is { IsScalar: false, Numbers.Count: 1 } && IsFirstAxis(node.ReadAxes(inputSince: 13) ?? [0]) ? x with { IsScalar = true } : null;

    private static IntegerValue? Unsqueeze(GraphNode node, IntegerValue x) =>
        x.IsScalar && IsFirstAxis(node.ReadAxes(inputSince: 13) ?? []) ? x with { IsScalar = false } : null;

    private static IntegerValue? Gather(GraphNode node, IntegerValue x)
    {
        IntegerValue indices = node.TryReadIntegers(1)!;
        if (x.IsScalar || node.ReadInteger("axis", 0) is not (0 or -1) || indices.Numbers.Count > GraphNode.MostIntegers)
            return null;
        return new([.. node.ReadIntegers(1).Select(index => x.Numbers[node.FindPlace(index, x.Numbers.Count)])], indices.IsScalar);
    }

    private static IntegerValue? Slice(GraphNode node, IntegerValue x)
    {
        if (x.IsScalar || node.ReadIntegers(1) is not [var start] || node.ReadIntegers(2) is not [var end])
            return null;
        if ((node.Has(3) && !IsFirstAxis(node.ReadIntegers(3))) || (node.Has(4) && node.ReadIntegers(4) is not [1]))
            return null;
        return new([.. x.Numbers.Take(ClampPlace(end, x.Numbers.Count)).Skip(ClampPlace(start, x.Numbers.Count))]);
    }

    private static IntegerValue? Concat(GraphNode node)
    {
        var numbers = new List<Extent>();
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.TryReadIntegers(i) is not { IsScalar: false } part || numbers.Count + part.Numbers.Count > GraphNode.MostIntegers)
                return null;
            numbers.AddRange(part.Numbers);
        }
        return node.ReadInteger("axis", 0) is 0 or -1 ? new(numbers) : null;
    }

    private static IntegerValue? Multiply(IntegerValue one, IntegerValue other)
    {
        if (one.Numbers.Count != other.Numbers.Count || one.Numbers.Count != 1)
            return null;
        return new([one.Numbers[0] * other.Numbers[0]], one.IsScalar && other.IsScalar);
    }

    private static int ClampPlace(long place, int count) => (int)Math.Clamp(place < 0 ? place + count : place, 0, count);
}
