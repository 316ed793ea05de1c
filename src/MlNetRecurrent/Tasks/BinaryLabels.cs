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

    /// <param name="row">The row.</param>
    /// <param name="label">The column.</param>
    /// <param name="slots">The slots of labels that are vectors; null where a vector has a label for each step.</param>
    /// <exception cref="InvalidOperationException">The keys do not have two values.</exception>
    public static LabelReader Read(DataViewRow row, DataViewSchema.Column label, LabelSlots? slots) =>
        label.Type is KeyDataViewType key ? OfKey(row, label, key) : NumberLabels.ReadBinary(row, label, slots);

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
