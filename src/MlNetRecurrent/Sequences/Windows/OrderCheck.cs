using System.Reflection;
using Microsoft.ML;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Sees that the rows of a group come in their order.</summary>
internal abstract class OrderCheck
{
    private static readonly MethodInfo _of = typeof(OrderCheck).GetMethod(nameof(OfValues), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Makes what checks the rows of a group, which are read through <paramref name="row"/>; null where nothing says their order.</summary>
    public static Func<OrderCheck>? MakerOf(DataViewRow row, string? columnName) => columnName is null
        ? null
        : (Func<OrderCheck>)_of.MakeGenericMethod(row.Schema[columnName].Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, row.Schema[columnName]], null)!;

    /// <exception cref="InvalidOperationException">The current row comes before the last one.</exception>
    public abstract void Check();

    /// <summary>Writes the place of the last row.</summary>
    public abstract void Write(BinaryWriter writer);

    public abstract void Read(BinaryReader reader);

    private static Func<OrderCheck> OfValues<T>(DataViewRow row, DataViewSchema.Column column)
        where T : IComparable<T>
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () => new ByValue<T>(row, column, getter);
    }

    private sealed class ByValue<T>(DataViewRow row, DataViewSchema.Column column, ValueGetter<T> getter) : OrderCheck
        where T : IComparable<T>
    {
        private T _value = default!, _last = default!;
        private bool _hasLast;

        public override void Check()
        {
            getter(ref _value);
            if (_hasLast && _value.CompareTo(_last) < 0)
                throw new InvalidOperationException(FormattableString.Invariant($"Row {row.Position} (counted from 0) has {_value} in order column '{column.Name}', before the {_last} of the row of its group that stands before it."));
            _last = _value;
            _hasLast = true;
        }

        public override void Write(BinaryWriter writer)
        {
            writer.Write(_hasLast);
            StateValue.Write(writer, _last);
        }

        public override void Read(BinaryReader reader)
        {
            _hasLast = reader.ReadBoolean();
            _last = StateValue.Read<T>(reader);
        }
    }
}
