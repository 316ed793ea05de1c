using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>How the rows of a group follow one another.</summary>
internal abstract class RowOrder
{
    private static readonly MethodInfo _of = typeof(RowOrder).GetMethod(nameof(OfValues), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <exception cref="InvalidOperationException">The column has no order.</exception>
    public static void ThrowIfUnfit(DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType || !column.Type.RawType.IsAssignableTo(typeof(IComparable)))
            throw new InvalidOperationException($"Order column '{column.Name}' is {column.Type}; expected a number, a key, or a time.");
    }

    /// <summary>Makes what keeps the order of the rows of a group, which are read through <paramref name="row"/>.</summary>
    public static Func<RowOrder> MakerOf(DataViewRow row, GroupingSettings settings)
    {
        if (settings.OrderColumnName is not { } name)
            return () => new AsTheyCome();
        DataViewSchema.Column column = row.Schema[name];
        return (Func<RowOrder>)_of.MakeGenericMethod(column.Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, settings], null)!;
    }

    /// <summary>Takes the place of the current row.</summary>
    /// <exception cref="InvalidOperationException">It is before that of the row before, and order is checked.</exception>
    public abstract void Append();

    /// <summary>For each place in the sequence: which of the rows that were taken stands there; null where they stand as they came.</summary>
    public abstract int[]? Places();

    /// <summary>Writes the places that were taken.</summary>
    public virtual void Write(BinaryWriter writer)
    {
    }

    /// <exception cref="InvalidDataException">The places cannot be.</exception>
    public virtual void Read(BinaryReader reader)
    {
    }

    private static Func<RowOrder> OfValues<T>(DataViewRow row, DataViewSchema.Column column, GroupingSettings settings)
        where T : IComparable<T>
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () => new ByValue<T>(row, column, getter, settings.ChecksOrder);
    }

    private sealed class AsTheyCome : RowOrder
    {
        public override void Append()
        {
        }

        public override int[]? Places() => null;
    }

    private sealed class ByValue<T>(DataViewRow row, DataViewSchema.Column column, ValueGetter<T> getter, bool checks) : RowOrder
        where T : IComparable<T>
    {
        /// <summary>The values in their order, and the row of each.</summary>
        private readonly List<T> _sorted = [];
        private readonly List<int> _rows = [];
        private bool _isAsTheyCame = true;

        /// <summary>Rows with the same place stay as they came.</summary>
        public override void Append()
        {
            T value = default!;
            getter(ref value);
            int place = _sorted.Count;
            if (place > 0 && value.CompareTo(_sorted[^1]) < 0)
            {
                if (checks)
                    throw new InvalidOperationException(FormattableString.Invariant($"Row {row.Position} (counted from 0) has {value} in order column '{column.Name}', before the {_sorted[^1]} of the row of its group that stands before it."));
                _isAsTheyCame = false;
                place = FirstAfter(value);
            }
            _rows.Insert(place, _sorted.Count);
            _sorted.Insert(place, value);
        }

        public override int[]? Places() => _isAsTheyCame ? null : [.. _rows];

        public override void Write(BinaryWriter writer)
        {
            StateValue.Write(writer, _sorted);
            StateValue.Write(writer, _rows);
        }

        public override void Read(BinaryReader reader)
        {
            StateValue.Read(reader, _sorted);
            StateValue.Read(reader, _rows);
            if (!_rows.Order().SequenceEqual(Enumerable.Range(0, _sorted.Count)))
                throw new InvalidDataException("The state is damaged: the order of the rows of a group cannot be.");
            _isAsTheyCame = !_rows.Where((row, place) => row != place).Any();
        }

        private int FirstAfter(T value)
        {
            int first = 0, last = _sorted.Count;
            while (first < last)
            {
                int middle = (first + last) / 2;
                if (_sorted[middle].CompareTo(value) > 0)
                    last = middle;
                else
                    first = middle + 1;
            }
            return first;
        }
    }
}
