using System.Globalization;

namespace MlNetRecurrent.Rows;

/// <summary>Errors about rows that cannot be read, or whose score would be nonsense.</summary>
internal static class NotFinite
{
    /// <param name="row">The row, from 0.</param>
    public static InvalidOperationException Score(long row) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Row {row} (counted from 0) cannot be scored: the outputs of the network are no finite numbers. ") +
        "Its features are far from those of the training, or the sequence is so long that the states of a rectifier network grow beyond " +
        "all bounds, or the training, whose last losses the log has, had nearly diverged.");

    /// <param name="place">The place of the value, with which the message begins.</param>
    /// <param name="value">The value.</param>
    public static InvalidOperationException Feature(string place, float value) => new(
        FormattableString.Invariant($"{place} is {value}. A network needs finite numbers; ") +
        "ReplaceMissingValues puts something in the place of missing ones.");

    /// <summary>A number that a transform of tables cannot compute with.</summary>
    public static InvalidOperationException Infinite(DataViewRow row, DataViewSchema.Column column, int slot, float value)
    {
        string place = column.Type is VectorDataViewType
            ? $"row {row.Position}, slot {slot} (both counted from 0)"
            : $"row {row.Position} (counted from 0)";
        return new(FormattableString.Invariant(
            $"Column '{column.Name}': {place} is {value}. Expected a finite number, or NaN where it is missing."));
    }

    /// <summary>A value that is finite in the scale of the network, but too large for the unit of the labels.</summary>
    /// <param name="row">The row, from 0.</param>
    public static InvalidOperationException BeyondSingle(long row) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Row {row} (counted from 0) cannot be scored: the predicted value is beyond the largest Single, {float.MaxValue:G3}. " +
        $"Train on labels in a larger unit, or on their logarithms."));
}
