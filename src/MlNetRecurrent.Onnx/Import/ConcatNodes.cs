namespace MlNetRecurrent.Onnx.Import;

/// <summary>The Concat of the directions of a layer, or of the last state, the mean and the maximum of its steps.</summary>
internal static class ConcatNodes
{
    public static DataValue Concat(GraphNode node)
    {
        DataValue[] values = [.. Enumerable.Range(0, node.Inputs.Count).Select(node.ReadData)];
        DataValue first = values[0];
        int place = node.FindPlace(node.FindAttribute("axis")?.I ?? throw node.ReportDamage("has no axis"), first.Axes.Count);
        if (IsLastMeanMax(values, place))
        {
            Extent size = first.Axes[place].Size * new Extent(values.Length);
            return first.ReplaceAxis(place, new Axis(AxisKind.Features, size)) with { Kind = DataKind.LastMeanMax };
        }
        bool isOfDirections = first.Parts.Count > 0 && Array.TrueForAll(values, value => HasDirections(value, first, place));
        bool isOfFeatures = first.Axes[place].IsFeatures && Array.TrueForAll(values, value => value.Parts.Count == 1);
        bool areAlike = Array.TrueForAll(
            values, value => value.Kind == first.Kind && HasSameAxes(value, first, isOfDirections ? place : -1));
        LayerPart[] parts = [.. values.Take(LayerPart.MostParts).SelectMany(value => value.Parts)];
        if (!areAlike || !(isOfDirections || isOfFeatures) || values.Length > LayerPart.MostParts || parts.Length > LayerPart.MostParts)
            throw node.Refuse("puts together what does not stand side by side in a network of this library");
        Axis directions = new(AxisKind.Directions, new(parts.Length));
        Axis joined = isOfDirections ? directions : new([.. directions.Parts, .. first.Axes[place].Parts]);
        return values.Length == 1 ? first : first.ReplaceAxis(place, joined) with { Parts = parts };
    }

    private static bool HasDirections(DataValue value, DataValue first, int place) => value.Axes.Count == first.Axes.Count
        && (value.Axes[place].Is(AxisKind.Directions) || value.Axes[place].Parts.Count == 0);

    /// <summary>Whether the values are the last state, the mean and the maximum of the steps of one layer.</summary>
    private static bool IsLastMeanMax(DataValue[] values, int place)
    {
        DataValue first = values[0];
        return values.Select(value => value.Kind).SequenceEqual([DataKind.Last, DataKind.Mean, DataKind.Max])
            && first.Axes[place].IsFeatures
            && Array.TrueForAll(values, value => value.Parts.SequenceEqual(first.Parts[0].Layer.Parts) && HasSameAxes(value, first));
    }

    /// <summary>Whether two values have the same type and the same axes, but for one axis.</summary>
    private static bool HasSameAxes(DataValue value, DataValue other, int except = -1) =>
        value.Type == other.Type && value.Axes.Count == other.Axes.Count
        && value.Axes.Index().All(axis => axis.Index == except || axis.Item.Parts.SequenceEqual(other.Axes[axis.Index].Parts));
}
