using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Reads labels that are numbers or Booleans: one, or a vector of them.</summary>
internal static class NumberLabels
{
    /// <summary>The labels of the current row as numbers: true is 1, false is 0, and a missing number is NaN.</summary>
    /// <exception cref="InvalidOperationException">A vector does not have the length of its type.</exception>
    public static LabelReader Read(DataViewRow row, DataViewSchema.Column label)
    {
        bool isVector = label.Type is VectorDataViewType;
        if (label.Type == BooleanDataViewType.Instance || label.Type is VectorDataViewType { ItemType: BooleanDataViewType })
            return isVector ? ReadBooleans(row, label) : ReadBoolean(row, label);
        if (isVector)
        {
            var reader = new VectorReader(row, label, "Label column");
            return reader.Read;
        }
        ValueGetter<float> getter = row.GetGetter<float>(label);
        var read = new float[1];
        return () =>
        {
            getter(ref read[0]);
            return read;
        };
    }

    /// <summary>The labels of a regression, which are finite or missing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">The column.</param>
    /// <param name="slots">The slots of labels that are vectors; null where a vector has a label for each step.</param>
    /// <param name="use">The verb for the use of the labels in messages.</param>
    /// <exception cref="InvalidOperationException">A label is infinite, or a vector does not have the length of its type.</exception>
    public static LabelReader ReadFinite(DataViewRow row, DataViewSchema.Column label, LabelSlots? slots, string use = "learn") =>
        ReadWhere(row, label, value => !float.IsInfinity(value), (i, _) =>
            $"Label column '{label.Name}': row {row.Position} (counted from 0){Place(label, slots, i)} is infinite; "
            + $"a value to {use} is a finite number.");

    /// <summary>The labels of a binary classification, which are 0, 1 or missing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">The column.</param>
    /// <param name="slots">The slots of labels that are vectors; null where a vector has a label for each step.</param>
    /// <exception cref="InvalidOperationException">A label is another number, or a vector does not have the length of its type.</exception>
    public static LabelReader ReadBinary(DataViewRow row, DataViewSchema.Column label, LabelSlots? slots) =>
        ReadWhere(row, label, value => value is 0 or 1 or float.NaN, (i, value) => string.Create(
            CultureInfo.InvariantCulture,
            $"Label column '{label.Name}': row {row.Position} (counted from 0){Place(label, slots, i)} is {value}; " +
            $"a binary label of type Single is 0, 1, or NaN where it is missing. CustomMapping makes 0 and 1 of other numbers."));

    private static LabelReader ReadWhere(
        DataViewRow row, DataViewSchema.Column label, Func<float, bool> isValid, Func<int, float, string> describe)
    {
        LabelReader read = Read(row, label);
        return () =>
        {
            ReadOnlySpan<float> values = read();
            for (int i = 0; i < values.Length; i++)
            {
                if (!isValid(values[i]))
                    throw new InvalidOperationException(describe(i, values[i]));
            }
            return values;
        };
    }

    /// <summary>The place of a value in a label that is a vector.</summary>
    private static string Place(DataViewSchema.Column label, LabelSlots? slots, int i) => slots is not null
        ? $", {slots.Describe(i)},"
        : label.Type is VectorDataViewType
        ? string.Create(CultureInfo.InvariantCulture, $", step {i} (counted from 0),")
        : "";

    private static LabelReader ReadBoolean(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(label);
        bool value = false;
        var read = new float[1];
        return () =>
        {
            getter(ref value);
            read[0] = value ? 1 : 0;
            return read;
        };
    }

    private static LabelReader ReadBooleans(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<VBuffer<bool>> getter = row.GetGetter<VBuffer<bool>>(label);
        VBuffer<bool> values = default;
        float[] read = [];
        return () =>
        {
            getter(ref values);
            VectorLength.ThrowIfOther(row, label, values.Length, "Label column");
            if (read.Length < values.Length)
                read = new float[values.Length];
            Array.Clear(read, 0, values.Length);
            foreach ((int slot, bool value) in values.Items())
                read[slot] = value ? 1 : 0;
            return read.AsSpan(0, values.Length);
        };
    }
}

/// <summary>Reads the labels of the current row. They are valid until the next call.</summary>
internal delegate ReadOnlySpan<float> LabelReader();

/// <summary>Throws where the labels of the current row, of which NaN is a missing one, are not possible.</summary>
internal delegate void LabelCheck(ReadOnlySpan<float> labels);
