namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The value of the row that is last in the order of the group. Those of all rows are kept, since a later row may come before
/// it.</summary>
/// <param name="column">The column.</param>
internal sealed class LastValue<T>(LastValue<T>.Column column) : GroupValues
{
    private readonly List<T> _values = [];

    public override void Append() => _values.Add(column.Value);

    public override void RemoveLast() => _values.RemoveAt(_values.Count - 1);

    public override void Write(BinaryWriter writer)
    {
        foreach (T value in _values)
            column.Write(writer, value);
    }

    public override void Read(BinaryReader reader, int rows)
    {
        for (int row = 0; row < rows; row++)
            _values.Add(column.Read(reader));
    }

    public static GroupColumn OfScalar(ValueGetter<T> getter) => new Scalar(getter);

    internal abstract class Column : GroupColumn
    {
        /// <summary>The value that was read last, which is not changed later.</summary>
        public T Value { get; protected set; } = default!;

        public virtual void Write(BinaryWriter writer, T value) => StateValue.Write(writer, value);

        public virtual T Read(BinaryReader reader) => StateValue.Read<T>(reader);

        public override GroupValues MakeValues() => new LastValue<T>(this);

        protected static T Find(GroupRows rows, int index) => ((LastValue<T>)rows.Column(index))._values[rows.Last()];
    }

    private sealed class Scalar(ValueGetter<T> getter) : Column
    {
        public override void Read()
        {
            T value = default!;
            getter(ref value);
            Value = Own(value);
        }

        public override Delegate MakeGetter(Func<GroupRows> current, int index) =>
            (ValueGetter<T>)((ref T value) => value = Find(current(), index));
    }
}

/// <summary>A vector, of which each row has one.</summary>
internal sealed class LastVector<T>(DataViewRow row, DataViewSchema.Column column) : LastValue<VBuffer<T>>.Column
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> _buffer;

    public override void Read()
    {
        _getter(ref _buffer);
        VectorLength.ThrowIfOther(row, column, _buffer.Length);
        VBuffer<T> copy = default;
        _buffer.CopyTo(ref copy);
        VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref copy);
        foreach (ref T item in editor.Values)
            item = GroupValues.Own(item);
        Value = copy;
    }

    public override void Write(BinaryWriter writer, VBuffer<T> value) => StateVector.Write(writer, value);

    public override VBuffer<T> Read(BinaryReader reader) => StateVector.Read<T>(reader, (VectorDataViewType)column.Type);

    public override Delegate MakeGetter(Func<GroupRows> current, int index) =>
        (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => Find(current(), index).CopyTo(ref value));
}
