using System.Globalization;

namespace MlNetRecurrent.Tasks;

/// <summary>
/// Binary labels: Boolean; Single (1 is positive, 0 is negative, NaN is missing); or keys of two values, where the second is positive.
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
        var read = new float[1];
        Func<float> value = label.Type is KeyDataViewType key ? OfKey(row, label, key)
            : label.Type == NumberDataViewType.Single ? OfNumber(row, label)
            : OfBoolean(row, label);
        return () =>
        {
            read[0] = value();
            return read;
        };
    }

    /// <summary>The names of the negative and the positive class, where the keys of the column have values.</summary>
    public static LabelValues? Names(DataViewSchema.Column label) =>
        label.Type is KeyDataViewType && LabelValues.Read(label) is { Texts.Length: (int)Keys } names ? names : null;

    /// <summary>Whether the names say that the first value should be the positive one.</summary>
    public static bool IsInverted(string first, string second) =>
        Array.Exists(_usual, usual => IsSame(usual.No, second) && IsSame(usual.Yes, first));

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static Func<float> OfBoolean(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(label);
        bool value = false;
        return () =>
        {
            getter(ref value);
            return value ? 1 : 0;
        };
    }

    private static Func<float> OfNumber(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<float> getter = row.GetGetter<float>(label);
        float value = 0;
        return () =>
        {
            getter(ref value);
            return value is 0 or 1 or float.NaN ? value : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Label column '{label.Name}': row {row.Position} (counted from 0) is {value}; " +
                $"a binary label of type Single is 0, 1, or NaN where it is missing. CustomMapping makes 0 and 1 of other numbers."));
        };
    }

    private static Func<float> OfKey(DataViewRow row, DataViewSchema.Column label, KeyDataViewType type)
    {
        if (type.Count != Keys)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' has keys of {CountedNoun.Text((long)type.Count, "value")}; " +
                "a binary label has two, of which the second is true. The trainers of MulticlassClassification take any number.");
        }
        Func<ulong> key = KeyReader.Scalar(row, label);
        return () => ClassLabels.ClassOf(key(), Keys, row, label);
    }
}
