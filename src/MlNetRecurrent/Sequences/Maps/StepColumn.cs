namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A column of sequences: what a step holds, and how many there are where that is known.</summary>
/// <param name="Column">The column.</param>
/// <param name="Features">Numbers of a step, after keys were made numbers.</param>
/// <param name="Steps">Steps of every sequence; null where they differ.</param>
/// <param name="Keys">The number of keys, where steps are keys.</param>
/// <param name="IsOneHot">Whether a key becomes as many numbers as there are keys, of which one is 1.</param>
internal sealed record StepColumn(DataViewSchema.Column Column, int Features, int? Steps, int? Keys = null, bool IsOneHot = false)
{
    public string Name => Column.Name;

    /// <summary>The names of all numbers, of a column whose steps are known.</summary>
    public string[] SlotNames => Data.SlotNames.Of(Column, Steps!.Value, Features, IsOneHot);

    /// <summary>A column of numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing.</exception>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public static StepColumn Numbers(DataViewSchema schema, string name, int numberOfFeatures)
    {
        StepColumn column = Any(schema, name, numberOfFeatures, oneHotKeys: false);
        return column.Keys is null
            ? column
            : throw new InvalidOperationException($"Column '{name}' is {column.Column.Type}; expected a vector of Single.");
    }

    /// <summary>A column of numbers or keys.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing.</exception>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public static StepColumn Any(DataViewSchema schema, string name, int numberOfFeatures, bool oneHotKeys)
    {
        DataViewSchema.Column found = SchemaShapeRules.Find(schema, name);
        SequenceColumn sequence = SequenceColumn.Of(found, numberOfFeatures, "Column");
        var vector = (VectorDataViewType)found.Type;
        int? keys = sequence.HoldsTokens ? sequence.Tokens - 1 : null;
        int features = keys is { } count ? oneHotKeys ? count : 1 : sequence.Features;
        int? steps = vector.IsKnownSize ? vector.Size / (keys is null ? features : 1) : null;
        return new(found, features, steps, keys, IsOneHot: keys is not null && oneHotKeys);
    }
}
