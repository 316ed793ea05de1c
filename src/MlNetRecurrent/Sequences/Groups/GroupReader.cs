using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Finds what belongs to the group of the current row.</summary>
/// <typeparam name="TState">What is kept of a group.</typeparam>
internal abstract partial class GroupReader<TState>
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
            return new All(make);
        DataViewSchema.Column column = row.Schema[columnName];
        if (column.Type is TextDataViewType)
            return new Texts(row.GetGetter<ReadOnlyMemory<char>>(column), make, forgets);
        return (GroupReader<TState>)_of.MakeGenericMethod(column.Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, make, forgets], null)!;
    }

    /// <summary>What is kept of the group of the current row; null where that is forgotten.</summary>
    public abstract TState? Current();

    private static GroupReader<TState> OfValues<T>(DataViewRow row, DataViewSchema.Column column, Func<TState> make, bool forgets)
        where T : notnull => new Values<T>(row.GetGetter<T>(column), make, forgets);

    private sealed partial class All(Func<TState> make) : GroupReader<TState>
    {
        private TState _state = make();

        public override TState? Current() => _state;
    }

    private sealed class Values<T>(ValueGetter<T> getter, Func<TState> make, bool forgets) : Keyed<T>(make)
        where T : notnull
    {
        private T _value = default!;

        public override TState? Current()
        {
            getter(ref _value);
            if (_groups.TryGetValue(_value, out TState? state))
                return state;
            if (forgets)
                ForgetLast();
            _last = _value;
            _groups.Add(_value, state = Make());
            return state;
        }

        protected override T ReadKey()
        {
            getter(ref _value);
            return _value;
        }
    }

    private sealed class Texts(ValueGetter<ReadOnlyMemory<char>> getter, Func<TState> make, bool forgets)
        : Keyed<string>(make, StringComparer.Ordinal)
    {
        private ReadOnlyMemory<char> _value;

        public override TState? Current()
        {
            getter(ref _value);
            if (_groups.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_value.Span, out TState? state))
                return state;
            if (forgets)
                ForgetLast();
            _last = _value.ToString();
            _groups.Add(_last, state = Make());
            return state;
        }

        protected override string ReadKey()
        {
            getter(ref _value);
            return _value.ToString();
        }
    }
}
