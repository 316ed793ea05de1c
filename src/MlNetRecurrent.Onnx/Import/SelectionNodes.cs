namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators that select parts of a value: the last step, a direction, rows of an embedding, the mean of the steps.</summary>
internal static class SelectionNodes
{
    public static DataValue Gather(GraphNode node, OnnxReader file)
    {
        if (node.FindValue(1) is DataValue { Kind: DataKind.Tokens } tokens && node.IsConstant(0))
            return Embed(node, file, tokens);
        DataValue x = node.ReadData(0);
        int place = node.FindPlace(node.ReadInteger("axis", 0), x.Axes.Count);
        long[] indices = node.ReadIntegers(1);
        bool isScalar = node.TryReadIntegers(1)!.IsScalar;
        Axis[] kept = isScalar ? [] : [Axis.Single];
        Axis axis = x.Axes[place];
        if (axis.Is(AxisKind.Directions) && indices.Length is > 0 and <= LayerPart.MostParts)
        {
            int[] directions = [.. indices.Select(index => node.FindPlace(index, x.Parts.Count))];
            Axis left = indices.Length == 1 ? Axis.Single : new(AxisKind.Directions, new(indices.Length));
            Axis[] selected = isScalar ? [] : [left];
            return x.ReplaceAxis(place, selected) with { Parts = [.. directions.Select(direction => x.Parts[direction])] };
        }
        if (indices.Length != 1)
            throw node.Refuse($"takes {indices.Length} places of axis {place}");
        if (axis.Size.IsOne && (x.Kind != DataKind.Steps || axis.Parts.Count == 0))
        {
            node.FindPlace(indices[0], 1);
            return x.ReplaceAxis(place, kept);
        }
        return IsLast(axis, indices[0])
            ? SelectLastStep(node, x, place, kept)
            : throw node.Refuse($"takes place {indices[0]} of axis {place}, which is not the last step");
    }

    /// <summary>Accepts a Slice of the last step that keeps all other axes.</summary>
    public static DataValue Slice(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        long[] starts = node.ReadIntegers(1), ends = node.ReadIntegers(2);
        long[] axes = node.Has(3) ? node.ReadIntegers(3) : [.. Enumerable.Range(0, starts.Length).Select(place => (long)place)];
        int[] places = node.FindPlaces(axes, x.Axes.Count);
        long[] steps = node.Has(4) ? node.ReadIntegers(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (places.Length != starts.Length || places.Length != ends.Length || places.Length != steps.Length)
        {
            throw node.ReportDamage(
                $"has {starts.Length} starts, {ends.Length} ends, {places.Length} axes and {steps.Length} steps");
        }
        if (steps.Any(step => step != 1))
            throw node.Refuse("takes steps other than one after the other");
        foreach ((int i, int place) in places.Index())
        {
            Axis axis = x.Axes[place];
            bool isToEnd = ends[i] >= int.MaxValue || (axis.Size.IsKnown && ends[i] >= axis.Size.Factor);
            if (!isToEnd || (starts[i] != 0 && !IsLast(axis, starts[i])))
                throw node.Refuse($"takes places {starts[i]} to {ends[i]} of axis {place}, which are not the last step");
            if (starts[i] != 0)
                x = SelectLastStep(node, x, place, [Axis.Single]);
        }
        return x;
    }

    /// <summary>Accepts a ReduceMean or ReduceMax of the steps.</summary>
    public static DataValue Reduce(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        node.ThrowIfNotSingle(x);
        long[] axes = node.ReadAxes(inputSince: 18) ?? [];
        int place = axes.Length == 1 ? node.FindPlace(axes[0], x.Axes.Count) : -1;
        if (x.Kind != DataKind.Steps || place < 0 || !x.Axes[place].Is(x.Parts[0].Layer.Time))
            throw node.Refuse("reduces another axis than that of the steps");
        DataKind kind = node.Operation == "ReduceMean" ? DataKind.Mean : DataKind.Max;
        return x.ReplaceAxis(place, node.ReadInteger("keepdims", 1) == 0 ? [] : [Axis.Single]) with { Kind = kind };
    }

    private static DataValue Embed(GraphNode node, OnnxReader file, DataValue tokens)
    {
        int[] dimensions = file.ReadDimensions(node.Inputs[0]);
        if (dimensions.Length != 2 || dimensions[0] == 0 || dimensions[1] == 0)
            throw node.ReportDamage($"has a table of [{string.Join(", ", dimensions)}]; expected rows and columns");
        if (node.FindPlace(node.ReadInteger("axis", 0), 2) != 0)
            throw node.Refuse("takes columns of its table");
        if (tokens.Type is not (OnnxType.Int32 or OnnxType.Int64))
            throw node.ReportDamage($"reads tokens of type {tokens.Type}; expected integers");
        if (dimensions[0] - 1 > tokens.LargestToken)
            throw node.Refuse($"has {dimensions[0]} tokens; a Cast before it rounds those above {tokens.LargestToken}");
        Axis features = new(AxisKind.Features, new(dimensions[1]));
        var table = new EmbeddingTable(node.Inputs[0], dimensions[0], dimensions[1]);
        return new(DataKind.Features, OnnxType.Single, [.. tokens.Axes, features]) { Embedding = table };
    }

    private static bool IsLast(Axis axis, long index) => index == -1 || (axis.Size.IsKnown && index == axis.Size.Factor - 1);

    /// <summary>The last step of the outputs is the last state of the forward direction, but not of the backward direction.</summary>
    private static DataValue SelectLastStep(GraphNode node, DataValue x, int place, Axis[] kept)
    {
        if (x.Kind != DataKind.Steps || !x.Axes[place].Is(x.Parts[0].Layer.Time))
            throw node.Refuse("takes the last of an axis that is not that of the steps");
        if (x.Parts.Any(part => part.Direction != 0))
        {
            throw node.Refuse(
                "takes the last step of a layer in both directions, where the one that comes from the end has read a single step. " +
                "This library takes the last states of both (Y_h)");
        }
        return x.ReplaceAxis(place, kept) with { Kind = DataKind.Last };
    }
}
