using System.Globalization;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Groups in messages.</summary>
internal static class GroupNames
{
    /// <summary>The advice about rows without a group if a transform has an option for them.</summary>
    public const string DropOption =
        $"With {nameof(SlidingWindowOptions.MissingGroups)} = {nameof(MissingRowAction)}.{nameof(MissingRowAction.Drop)} of the options, " +
        "a view leaves such rows out.";

    /// <summary>The advice if there is no such option.</summary>
    public const string LeaveOut = "Leave such rows out of the data.";

    /// <summary>The end of a message about a row of a group.</summary>
    public static string Describe<T>(DataViewSchema.Column column, T value) =>
        $" in group '{Show(column, value)}' of column '{column.Name}'";

    /// <summary>The error of a number that cannot be told from its neighbors, so that groups would be mixed; null where it can.</summary>
    public static InvalidOperationException? Imprecise<T>(DataViewRow row, DataViewSchema.Column column, T value)
    {
        bool isImprecise = value switch
        {
            float number => MathF.Abs(number) >= 1 << 24,
            double number => Math.Abs(number) >= 1L << 53,
            _ => false,
        };
        return !isImprecise ? null : new(
            $"Row {row.Position} (counted from 0) has {OrderFault.Show(value)} in group column '{column.Name}', which is {column.Type}: " +
            "neighboring whole numbers of this size are equal there, so that groups would be mixed. Read the column as Int64 or text.");
    }

    public static InvalidOperationException Missing(DataViewRow row, DataViewSchema.Column column, string remedy)
    {
        string reason = column.Type switch
        {
            KeyDataViewType =>
                "its key is missing. MapValueToKey gives a missing key to values that it did not meet when it was fitted, " +
                "as in the test folds of a CrossValidate whose samplingKeyColumnName is the group: " +
                "group by the column that the keys are made of, or fit the keys on all data first",
            TextDataViewType => "its text is empty",
            _ => "it is NaN",
        };
        return new($"Row {row.Position} (counted from 0) has no group in column '{column.Name}': {reason}. {remedy}");
    }

    private static string Show<T>(DataViewSchema.Column column, T value)
    {
        if (column.Type is not KeyDataViewType)
            return OrderFault.Show(value);
        ulong key = Convert.ToUInt64(value, CultureInfo.InvariantCulture);
        string[] texts = LabelValues.Read(column)?.Texts ?? [];
        return key >= 1 && key <= (ulong)texts.Length ? texts[key - 1] : OrderFault.Show(key);
    }
}
