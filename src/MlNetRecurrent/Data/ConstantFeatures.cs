using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Data;

/// <summary>Says which features are ignored because they were constant.</summary>
internal static class ConstantFeatures
{
    private const int MostListed = 10;

    /// <param name="column">The column of the sequences.</param>
    /// <param name="scale">The scale of each feature of a step, which is 0 where it was constant.</param>
    /// <param name="where">The data in which they were constant.</param>
    /// <returns>A sentence; null where no feature was constant.</returns>
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
        string list = string.Join(", ", constant.Take(MostListed).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}{(names is null ? "" : $" '{names[i]}'")}")));
        string rest = constant.Count > MostListed ? $" and {CountedNoun.Text(constant.Count - MostListed, "other")}" : "";
        return constant.Count == 1
            ? $"Feature {list} (counted from 0) of column '{column.Name}' is constant in {where}, and is read as 0."
            : $"Features {list}{rest} (counted from 0) of column '{column.Name}' are constant in {where}, and are read as 0.";
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
