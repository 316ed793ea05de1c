namespace MlNetRecurrent.Tasks;

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
