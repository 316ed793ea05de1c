using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>The slot names of vectors. PermutationFeatureImportance reports its results by these names.</summary>
internal static class SlotNames
{
    /// <summary>Adds slot names that are created on first use.</summary>
    public static void Add(DataViewSchema.Annotations.Builder builder, int count, Func<string[]> names)
    {
        var made = new Lazy<ReadOnlyMemory<char>[]>(() => Array.ConvertAll(names(), name => name.AsMemory()));
        builder.Add(
            AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(count, made.Value).CopyTo(ref value));
    }

    /// <summary>
    /// The slot names of a column with a fixed number of steps. If it has none, they are created from its name, the step and the feature,
    /// or the key values of a one-hot encoding.
    /// </summary>
    public static string[] Of(DataViewSchema.Column column, int steps, int features, bool isOneHot = false)
    {
        string[]? own = Own(column), keys = isOneHot ? LabelValues.Read(column)?.Texts : null;
        if (own is not null && own.Length == steps * features)
            return own;
        return [.. Enumerable.Range(0, steps * features).Select(i => Name(i / features, i % features))];

        string Name(int step, int feature)
        {
            string what = keys is not null && keys.Length == features ? $"{column.Name}={keys[feature]}"
                : features == 1 ? column.Name
                : Text($"{column.Name}.{feature}");
            return Text($"{what}[{step}]");
        }
    }

    /// <summary>The slot names of a single step. A scalar column gives its own name.</summary>
    public static string[] OfStep(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name];
        return Own(column) is { } own && own.Length == vector.Size
            ? Array.ConvertAll(own, name => $"{column.Name}.{name}")
            : [.. Enumerable.Range(0, vector.Size).Select(i => Text($"{column.Name}.{i}"))];
    }

    /// <summary>The slot names of the column itself, some of which can be empty. None if it has none.</summary>
    public static string[] Given(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>The name of a slot for messages, between commas; empty where the column has no names.</summary>
    public static string Quote(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $", '{names.GetItemOrDefault(slot)}',";
    }

    /// <summary>The slot names of the column itself. Null if it has none, or not for all slots.</summary>
    private static string[]? Own(DataViewSchema.Column column) =>
        Given(column) is { Length: > 0 } given && Array.TrueForAll(given, name => name.Length > 0) ? given : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
