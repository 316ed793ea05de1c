using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The values that a column has in the rows of a group, and what comes of them.</summary>
internal abstract class GroupColumn
{
    private static readonly MethodInfo _steps = Method(nameof(OfSteps)), _vectors = Method(nameof(OfVectors)), _last = Method(nameof(OfLast));

    /// <summary>Makes what keeps the values of a column of the output, which are read through <paramref name="row"/>.</summary>
    public static Func<GroupColumn> MakerOf(DataViewRow row, DataViewSchema.Column output, bool isSequence)
    {
        DataViewSchema.Column input = row.Schema[output.Name];
        var vector = input.Type as VectorDataViewType;
        MethodInfo maker = !isSequence ? _last.MakeGenericMethod(input.Type.RawType) : vector is null ? _steps.MakeGenericMethod(input.Type.RawType) : _vectors.MakeGenericMethod(vector.ItemType.RawType);
        return (Func<GroupColumn>)maker.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, input], null)!;
    }

    /// <summary>Takes the value of the current row.</summary>
    public abstract void Append();

    /// <summary>A getter that asks for the column of the current group, and for the places of its rows.</summary>
    public abstract Delegate MakeGetter(Func<(GroupColumn Column, int[]? Places)> current);

    /// <summary>Writes the values.</summary>
    public abstract void Write(BinaryWriter writer);

    public abstract void Read(BinaryReader reader);

    private static MethodInfo Method(string name) => typeof(GroupColumn).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Func<GroupColumn> OfSteps<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () => new Steps<T>(1, target =>
        {
            T value = default!;
            getter(ref value);
            target.Add(Own(value));
        });
    }

    private static Func<GroupColumn> OfVectors<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        int size = ((VectorDataViewType)column.Type).Size;
        VBuffer<T> buffer = default;
        return () => new Steps<T>(size, target =>
        {
            getter(ref buffer);
            foreach (T value in buffer.DenseValues())
                target.Add(Own(value));
        });
    }

    private static Func<GroupColumn> OfLast<T>(DataViewRow row, DataViewSchema.Column column) => () => new Last<T>(row.GetGetter<T>(column));

    /// <summary>Text may belong to a buffer that is used again.</summary>
    private static T Own<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;

    private sealed class Steps<T>(int size, Action<List<T>> append) : GroupColumn
    {
        private readonly List<T> _values = [];

        public override void Append() => append(_values);

        public override void Write(BinaryWriter writer) => StateValue.Write(writer, _values);

        public override void Read(BinaryReader reader) => StateValue.Read(reader, _values);

        public override Delegate MakeGetter(Func<(GroupColumn Column, int[]? Places)> current) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            (GroupColumn column, int[]? places) = current();
            List<T> values = ((Steps<T>)column)._values;
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, values.Count);
            for (int i = 0; i < values.Count; i++)
                editor.Values[i] = values[places is null ? i : places[i / size] * size + i % size];
            value = editor.Commit();
        });
    }

    /// <summary>The value of the last row, in the order of the group.</summary>
    private sealed class Last<T>(ValueGetter<T> getter) : GroupColumn
    {
        private readonly List<T> _values = [];

        public override void Append()
        {
            T value = default!;
            getter(ref value);
            _values.Add(Own(value));
        }

        public override void Write(BinaryWriter writer) => StateValue.Write(writer, _values);

        public override void Read(BinaryReader reader) => StateValue.Read(reader, _values);

        public override Delegate MakeGetter(Func<(GroupColumn Column, int[]? Places)> current) => (ValueGetter<T>)((ref T value) =>
        {
            (GroupColumn column, int[]? places) = current();
            List<T> values = ((Last<T>)column)._values;
            value = values[places is null ? ^1 : places[^1]];
        });
    }
}
