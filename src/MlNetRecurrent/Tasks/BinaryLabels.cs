using System.Globalization;

namespace MlNetRecurrent.Tasks;

/// <summary>
/// Binary labels: Boolean; Single (1 is positive, 0 is negative, NaN is missing); keys of two values, where the second is positive; or
/// vectors of Boolean or Single.
/// </summary>
internal static class BinaryLabels
{
    private const ulong Keys = 2;

    private static readonly (string No, string Yes)[] _usual = [("False", "True"), ("No", "Yes"), ("N", "Y"), ("0", "1")];

    public static bool IsLabel(DataViewType item, bool isKey) =>
        isKey || item == BooleanDataViewType.Instance || item == NumberDataViewType.Single;

    /// <exception cref="InvalidOperationException">The keys do not have two values.</exception>
    public static LabelReader Read(DataViewRow row, DataViewSchema.Column label)
    {
        if (label.Type is KeyDataViewType key)
            return OfKey(row, label, key);
        LabelReader numbers = NumberLabels.Read(row, label);
        var slots = LabelSlots.Read(label);
        return () =>
        {
            ReadOnlySpan<float> values = numbers();
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is not (0 or 1 or float.NaN))
                    throw Unfit(i, values[i]);
            }
            return values;
        };

        InvalidOperationException Unfit(int i, float value)
        {
            string place = slots is not null ? $", {slots.Describe(i)}," : label.Type is VectorDataViewType ? $", step {i}," : "";
            return new(string.Create(
                CultureInfo.InvariantCulture,
                $"Label column '{label.Name}': row {row.Position} (counted from 0){place} is {value}; " +
                $"a binary label of type Single is 0, 1, or NaN where it is missing. CustomMapping makes 0 and 1 of other numbers."));
        }
    }

    /// <summary>The names of the negative and the positive class, where the keys of the column have values.</summary>
    public static LabelValues? Names(DataViewSchema.Column label) =>
        label.Type is KeyDataViewType && LabelValues.Read(label) is { Texts.Length: (int)Keys } names ? names : null;

    /// <summary>Whether the names say that the first value should be the positive one.</summary>
    public static bool IsInverted(string first, string second) =>
        Array.Exists(_usual, usual => IsSame(usual.No, second) && IsSame(usual.Yes, first));

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static LabelReader OfKey(DataViewRow row, DataViewSchema.Column label, KeyDataViewType type)
    {
        if (type.Count != Keys)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' has keys of {CountedNoun.Text((long)type.Count, "value")}; " +
                "a binary label has two, of which the second is true. The trainers of MulticlassClassification take any number.");
        }
        Func<ulong> key = KeyReader.Scalar(row, label);
        var read = new float[1];
        return () =>
        {
            read[0] = ClassLabels.ClassOf(key(), Keys, row, label);
            return read;
        };
    }
}
