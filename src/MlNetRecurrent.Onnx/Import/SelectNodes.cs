using MlNetRecurrent.Onnx.Graphs;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators that take part of a value, or put parts together: the last step, the directions of a layer, the mean of the steps.</summary>
internal static class SelectNodes
{
    /// <summary>More parts than the last states of any network.</summary>
    private const int MostParts = 256;

    public static DataValue Gather(GraphNode node, OnnxReader file)
    {
        if (node.Value(1) is DataValue { Kind: DataKind.Tokens } tokens && node.IsConstant(0))
            return Embed(node, file, tokens);
        DataValue x = node.Data(0);
        int place = node.Place(node.Integer("axis", 0), x.Axes.Count);
        long[] indices = node.Integers(1);
        Axis[] kept = node.TryIntegers(1)!.IsScalar ? [] : [Axis.Single];
        Axis axis = x.Axes[place];
        if (axis.Is(AxisKind.Directions) && indices.Length is > 0 and <= MostParts)
        {
            int[] directions = [.. indices.Select(index => node.Place(index, x.Parts.Count))];
            Axis left = indices.Length == 1 ? Axis.Single : new(AxisKind.Directions, new(indices.Length));
            return x.Without(place, kept.Length == 0 ? kept : [left]) with { Parts = [.. directions.Select(direction => x.Parts[direction])] };
        }
        if (indices.Length != 1)
            throw node.Refuse($"takes {indices.Length} places of axis {place}");
        if (axis.Size.IsOne && (x.Kind != DataKind.Steps || axis.Parts.Count == 0))
        {
            node.Place(indices[0], 1);
            return x.Without(place, kept);
        }
        return IsLast(axis, indices[0]) ? LastStep(node, x, place, kept) : throw node.Refuse($"takes place {indices[0]} of axis {place}, which is not the last step");
    }

    /// <summary>The last step, and all of the other axes.</summary>
    public static DataValue Slice(GraphNode node)
    {
        DataValue x = node.Data(0);
        long[] starts = node.Integers(1), ends = node.Integers(2);
        int[] places = node.Places(node.Has(3) ? node.Integers(3) : [.. Enumerable.Range(0, starts.Length).Select(place => (long)place)], x.Axes.Count);
        long[] steps = node.Has(4) ? node.Integers(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (places.Length != starts.Length || places.Length != ends.Length || places.Length != steps.Length)
            throw node.Damaged($"has {starts.Length} starts, {ends.Length} ends, {places.Length} axes and {steps.Length} steps");
        if (steps.Any(step => step != 1))
            throw node.Refuse("takes steps other than one after the other");
        foreach ((int i, int place) in places.Index())
        {
            Axis axis = x.Axes[place];
            bool isToEnd = ends[i] >= int.MaxValue || (axis.Size.IsKnown && ends[i] >= axis.Size.Factor);
            if (!isToEnd || (starts[i] != 0 && !IsLast(axis, starts[i])))
                throw node.Refuse($"takes places {starts[i]} to {ends[i]} of axis {place}, which are not the last step");
            if (starts[i] != 0)
                x = LastStep(node, x, place, [Axis.Single]);
        }
        return x;
    }

    public static DataValue Concat(GraphNode node)
    {
        DataValue[] values = [.. Enumerable.Range(0, node.Inputs.Count).Select(node.Data)];
        DataValue first = values[0];
        int place = node.Place(node.Attribute("axis")?.I ?? throw node.Damaged("has no axis"), first.Axes.Count);
        if (IsLastMeanMax(values, place))
        {
            Extent size = first.Axes[place].Size * new Extent(values.Length);
            return first.Without(place, new Axis(AxisKind.Features, size)) with { Kind = DataKind.LastMeanMax };
        }
        bool isOfDirections = first.Parts.Count > 0 && Array.TrueForAll(values, value => value.Axes.Count == first.Axes.Count && (value.Axes[place].Is(AxisKind.Directions) || value.Axes[place].Parts.Count == 0));
        bool isOfFeatures = first.Axes[place].IsFeatures && first.Parts.Count == 1;
        bool isAlike = Array.TrueForAll(values, value => value.Kind == first.Kind && value.Type == first.Type && value.Axes.Count == first.Axes.Count
            && value.Axes.Index().All(axis => (isOfDirections && axis.Index == place) || axis.Item.Parts.SequenceEqual(first.Axes[axis.Index].Parts)));
        LayerPart[] parts = [.. values.Take(MostParts).SelectMany(value => value.Parts)];
        if (!isAlike || !(isOfDirections || (isOfFeatures && Array.TrueForAll(values, value => value.Parts.Count == 1))) || values.Length > MostParts || parts.Length > MostParts)
            throw node.Refuse("puts together what does not stand side by side in a network of this library");
        Axis directions = new(AxisKind.Directions, new(parts.Length));
        Axis joined = isOfDirections ? directions : new([.. directions.Parts, .. first.Axes[place].Parts]);
        return values.Length == 1 ? first : first.Without(place, joined) with { Parts = parts };
    }

    public static DataValue Reduce(GraphNode node)
    {
        DataValue x = node.Data(0);
        node.ThrowIfNotSingle(x);
        long[] axes = node.Axes(inputSince: 18) ?? [];
        int place = axes.Length == 1 ? node.Place(axes[0], x.Axes.Count) : -1;
        if (x.Kind != DataKind.Steps || place < 0 || !x.Axes[place].Is(x.Parts[0].Layer.Time))
            throw node.Refuse("reduces another axis than that of the steps");
        return x.Without(place, node.Integer("keepdims", 1) == 0 ? [] : [Axis.Single]) with { Kind = node.Operation == "ReduceMean" ? DataKind.Mean : DataKind.Max };
    }

    /// <summary>Whether the values are the last state, the mean and the largest of the steps of one layer, side by side.</summary>
    private static bool IsLastMeanMax(DataValue[] values, int place)
    {
        DataValue first = values[0];
        return values.Select(value => value.Kind).SequenceEqual([DataKind.Last, DataKind.Mean, DataKind.Max])
            && first.Axes[place].IsFeatures
            && Array.TrueForAll(values, value => value.Parts.SequenceEqual(first.Parts[0].Layer.Parts) && IsShapedAs(value, first));
    }

    private static bool IsShapedAs(DataValue value, DataValue other) =>
        value.Type == other.Type && value.Axes.Count == other.Axes.Count
        && value.Axes.Zip(other.Axes).All(axes => axes.First.Parts.SequenceEqual(axes.Second.Parts));

    private static DataValue Embed(GraphNode node, OnnxReader file, DataValue tokens)
    {
        int[] dimensions = file.Dimensions(node.Inputs[0]);
        if (dimensions.Length != 2 || dimensions[0] == 0 || dimensions[1] == 0)
            throw node.Damaged($"has a table of [{string.Join(", ", dimensions)}]; expected rows and columns");
        if (node.Place(node.Integer("axis", 0), 2) != 0)
            throw node.Refuse("takes columns of its table");
        if (tokens.Type is not (OnnxType.Int32 or OnnxType.Int64))
            throw node.Damaged($"reads tokens of type {tokens.Type}; expected integers");
        if (dimensions[0] - 1 > tokens.LargestToken)
            throw node.Refuse($"has {dimensions[0]} tokens; a Cast before it rounds those above {tokens.LargestToken}");
        var table = new EmbeddingTable(node.Inputs[0], dimensions[0], dimensions[1]);
        return new(DataKind.Features, OnnxType.Single, [.. tokens.Axes, new(AxisKind.Features, new(dimensions[1]))]) { Embedding = table };
    }

    private static bool IsLast(Axis axis, long index) => index == -1 || (axis.Size.IsKnown && index == axis.Size.Factor - 1);

    /// <summary>The last step of the outputs is the last state of a direction that reads from the beginning, and of no other.</summary>
    private static DataValue LastStep(GraphNode node, DataValue x, int place, Axis[] kept)
    {
        if (x.Kind != DataKind.Steps || !x.Axes[place].Is(x.Parts[0].Layer.Time))
            throw node.Refuse("takes the last of an axis that is not that of the steps");
        if (x.Parts.Any(part => part.Direction != 0))
            throw node.Refuse("takes the last step of a layer in both directions, where the one that comes from the end has read a single step. This library takes the last states of both (Y_h)");
        return x.Without(place, kept) with { Kind = DataKind.Last };
    }
}
