using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Finds what belongs to the group of the current row.</summary>
/// <typeparam name="TState">What is kept of a group.</typeparam>
internal abstract class GroupReader<TState>
    where TState : class
{
    private static readonly MethodInfo _of = typeof(GroupReader<TState>).GetMethod(nameof(OfValues), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="row">The row.</param>
    /// <param name="columnName">The column of the groups; null where all rows are one.</param>
    /// <param name="make">Makes what is kept of a new group.</param>
    /// <param name="forgets">Whether nothing is kept of a group any more, but that it was there, when the row of another one comes.</param>
    public static GroupReader<TState> Of(DataViewRow row, string? columnName, Func<TState> make, bool forgets = false)
    {
        if (columnName is null)
            return new All(make());
        DataViewSchema.Column column = row.Schema[columnName];
        if (column.Type is TextDataViewType)
            return new Texts(row.GetGetter<ReadOnlyMemory<char>>(column), make, forgets);
        return (GroupReader<TState>)_of.MakeGenericMethod(column.Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, make, forgets], null)!;
    }

    /// <summary>What is kept of the group of the current row; null where that is forgotten.</summary>
    public abstract TState? Current();

    private static GroupReader<TState> OfValues<T>(DataViewRow row, DataViewSchema.Column column, Func<TState> make, bool forgets)
        where T : notnull => new Values<T>(row.GetGetter<T>(column), make, forgets);

    private sealed class All(TState state) : GroupReader<TState>
    {
        public override TState? Current() => state;
    }

    private sealed class Values<T>(ValueGetter<T> getter, Func<TState> make, bool forgets) : GroupReader<TState>
        where T : notnull
    {
        private readonly Dictionary<T, TState?> _groups = [];
        private T _value = default!, _last = default!;

        public override TState? Current()
        {
            getter(ref _value);
            if (_groups.TryGetValue(_value, out TState? state))
                return state;
            if (forgets && _groups.Count > 0)
                _groups[_last] = null;
            _last = _value;
            _groups.Add(_value, state = make());
            return state;
        }
    }

    private sealed class Texts(ValueGetter<ReadOnlyMemory<char>> getter, Func<TState> make, bool forgets) : GroupReader<TState>
    {
        private readonly Dictionary<string, TState?> _groups = new(StringComparer.Ordinal);
        private ReadOnlyMemory<char> _value;
        private string _last = "";

        public override TState? Current()
        {
            getter(ref _value);
            if (_groups.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_value.Span, out TState? state))
                return state;
            if (forgets && _groups.Count > 0)
                _groups[_last] = null;
            _last = _value.ToString();
            _groups.Add(_last, state = make());
            return state;
        }
    }
}
