using System.Globalization;

namespace MlNetRecurrent.Evaluation;

/// <summary>
/// The columns for the evaluation of labels that are vectors, checked against each other. If one of them has vectors of variable length,
/// the values are those of steps: all steps of all rows are one slot.
/// </summary>
internal sealed class VectorColumns
{
    private readonly string _role;
    private readonly string[]? _names;

    private VectorColumns(DataViewSchema.Column label, DataViewSchema.Column predicted, string role)
    {
        (Label, Predicted, _role) = (label, predicted, role);
        if (LabelSlots.Read(label) is not { } slots || LabelSlots.Read(predicted) is not { } others)
            return;
        ThrowIfOther(slots, others);
        Slots = slots.Names is null ? others : slots;
        _names = Slots.Names;
    }

    public DataViewSchema.Column Label { get; }

    public DataViewSchema.Column Predicted { get; }

    /// <summary>
    /// The slots, with the names of the predictions where the labels have none; null where the values are those of steps.
    /// </summary>
    public LabelSlots? Slots { get; }

    /// <summary>The names of the slots; their positions, from 0, where they have none.</summary>
    public string[] Names =>
    [
        .. Enumerable.Range(0, Slots?.Count ?? 1).Select(slot =>
            _names?[slot] is { Length: > 0 } name ? name : slot.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Finds the columns.</summary>
    /// <param name="data">The data.</param>
    /// <param name="labelName">The name of the labels.</param>
    /// <param name="isLabel">Whether labels can be of a type.</param>
    /// <param name="labelExpected">The types of labels, for messages.</param>
    /// <param name="predictedName">The name of the predictions.</param>
    /// <param name="predictedType">The type of predictions.</param>
    /// <param name="role">The role of the predictions in messages, in lower case.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns have different slots.</exception>
    public static VectorColumns Find(
        IDataView data, string labelName, Func<DataViewType, bool> isLabel, string labelExpected,
        string predictedName, PrimitiveDataViewType predictedType, string role)
    {
        DataViewSchema.Column label = Find(data, "Label", labelName, isLabel, labelExpected);
        DataViewSchema.Column predicted = Find(
            data, $"{char.ToUpperInvariant(role[0])}{role[1..]}", predictedName, predictedType.Equals, predictedType.RawType.Name);
        return new(label, predicted, role);
    }

    /// <summary>The slot of a value of a row.</summary>
    public int SlotOf(int i) => Slots is null ? 0 : i;

    /// <exception cref="InvalidOperationException">A row has another number of labels than of predictions.</exception>
    public void ThrowIfOtherLength(DataViewRow row, int labels, int predictions)
    {
        if (labels != predictions)
        {
            throw new InvalidOperationException(
                $"Row {row.Position} (counted from 0) has {CountedNoun.Text(labels, "label")} in column '{Label.Name}' but "
                + $"{CountedNoun.Text(predictions, _role)} in column '{Predicted.Name}'.");
        }
    }

    private void ThrowIfOther(LabelSlots slots, LabelSlots others)
    {
        if (slots.Count != others.Count)
        {
            throw new InvalidOperationException(
                $"Label column '{Label.Name}' has {slots.Count} values a row, {_role} column '{Predicted.Name}' has {others.Count}.");
        }
        if (slots.Names is not { } names || others.Names is not { } otherNames)
            return;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] != otherNames[i] && names[i].Length > 0 && otherNames[i].Length > 0)
            {
                throw new InvalidOperationException(
                    $"Slot {i} (counted from 0) is '{names[i]}' in label column '{Label.Name}' but '{otherNames[i]}' in {_role} column "
                    + $"'{Predicted.Name}', so they cannot be compared.");
            }
        }
    }

    private static DataViewSchema.Column Find(
        IDataView data, string role, string name, Func<DataViewType, bool> isItem, string expected)
    {
        DataViewSchema.Column column = data.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(
                nameof(data), name,
                $"{role} column '{name}' is missing. The data has: {string.Join(", ", data.Schema.Select(column => column.Name))}.");
        return column.Type is VectorDataViewType vector && isItem(vector.ItemType)
            && (vector.IsKnownSize || vector.Dimensions.Skip(1).All(size => size == 1))
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(data), column.Type.ToString(),
                $"{role} column '{name}' is {column.Type}; expected a vector of {expected} of known size, or with one value per step.");
    }
}
