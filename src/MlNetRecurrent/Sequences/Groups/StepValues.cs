using System.Runtime.InteropServices;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The values of a sequence, one step for each row of the group.</summary>
/// <param name="step">The step that was read last.</param>
internal sealed class StepValues<T>(T[] step) : GroupValues
{
    private readonly List<T> _values = [];

    public override void Append() => _values.AddRange(step);

    public override void RemoveLast() => _values.RemoveRange(_values.Count - step.Length, step.Length);

    public override void Write(BinaryWriter writer) => StateValue.Write(writer, _values);

    public override void Read(BinaryReader reader, int rows) => StateValue.Read(reader, _values, (long)rows * step.Length);

    private void CopyTo(ref VBuffer<T> value, int[]? places)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, _values.Count);
        ReadOnlySpan<T> values = CollectionsMarshal.AsSpan(_values);
        Span<T> target = editor.Values;
        if (places is null)
            values.CopyTo(target);
        for (int row = 0; places is not null && row < values.Length / step.Length; row++)
            values.Slice(places[row] * step.Length, step.Length).CopyTo(target[(row * step.Length)..]);
        value = editor.Commit();
    }

    /// <param name="size">Values of a step.</param>
    private abstract class Column(int size) : GroupColumn
    {
        protected T[] Step { get; } = new T[size];

        public override GroupValues MakeValues() => new StepValues<T>(Step);

        public override Delegate MakeGetter(Func<GroupRows> current, int index) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            GroupRows rows = current();
            ((StepValues<T>)rows.Column(index)).CopyTo(ref value, rows.Places());
        });
    }

    public static GroupColumn Of(ValueGetter<T> getter) => new OfScalars(getter);

    public static GroupColumn Of(DataViewRow row, DataViewSchema.Column column) => new OfVectors(row, column);

    private sealed class OfScalars(ValueGetter<T> getter) : Column(1)
    {
        public override void Read()
        {
            T value = default!;
            getter(ref value);
            Step[0] = Own(value);
        }
    }

    private sealed class OfVectors(DataViewRow row, DataViewSchema.Column column) : Column(((VectorDataViewType)column.Type).Size)
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private VBuffer<T> _buffer;

        public override void Read()
        {
            _getter(ref _buffer);
            VectorLength.ThrowIfOther(row, column, _buffer.Length);
            _buffer.CopyTo(Step);
            for (int i = 0; i < Step.Length; i++)
                Step[i] = Own(Step[i]);
        }
    }
}
