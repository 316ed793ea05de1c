using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Describes the features that are ignored because they are constant.</summary>
internal static class ConstantFeatures
{
    private const int MostListed = 10;

    /// <param name="column">The column of the sequences.</param>
    /// <param name="scale">The scale of each feature, 0 if it is constant.</param>
    /// <param name="where">The data in which they are constant, for the message.</param>
    /// <returns>A sentence, or null if no feature is constant.</returns>
    public static string? Describe(DataViewSchema.Column column, ReadOnlySpan<float> scale, string where)
    {
        var constant = new List<int>();
        for (int i = 0; i < scale.Length; i++)
        {
            if (scale[i] == 0)
                constant.Add(i);
        }
        if (constant.Count == 0)
            return null;
        string[]? names = SlotNamesOfLastStep(column, scale.Length);
        string list = string.Join(", ", constant.Take(MostListed).Select(Name));
        string rest = constant.Count > MostListed ? $" and {CountedNoun.Text(constant.Count - MostListed, "other")}" : "";
        return constant.Count == 1
            ? $"Feature {list} (counted from 0) of column '{column.Name}' is constant in {where}, and is read as 0."
            : $"Features {list}{rest} (counted from 0) of column '{column.Name}' are constant in {where}, and are read as 0.";

        string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"{i}{(names is null ? "" : $" '{names[i]}'")}");
    }

    private static string[]? SlotNamesOfLastStep(DataViewSchema.Column column, int features)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.Length < features ? null : [.. names.DenseValues().Skip(names.Length - features).Select(name => name.ToString())];
    }
}
