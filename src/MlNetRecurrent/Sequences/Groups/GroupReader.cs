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
    public static GroupReader<TState> Of(DataViewRow row, string? columnName, Func<TState> make)
    {
        if (columnName is null)
            return new All(make());
        DataViewSchema.Column column = row.Schema[columnName];
        if (column.Type is TextDataViewType)
            return new Texts(row.GetGetter<ReadOnlyMemory<char>>(column), make);
        return (GroupReader<TState>)_of.MakeGenericMethod(column.Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, make], null)!;
    }

    public abstract TState Current();

    private static GroupReader<TState> OfValues<T>(DataViewRow row, DataViewSchema.Column column, Func<TState> make)
        where T : notnull => new Values<T>(row.GetGetter<T>(column), make);

    private sealed class All(TState state) : GroupReader<TState>
    {
        public override TState Current() => state;
    }

    private sealed class Values<T>(ValueGetter<T> getter, Func<TState> make) : GroupReader<TState>
        where T : notnull
    {
        private readonly Dictionary<T, TState> _groups = [];
        private T _value = default!;

        public override TState Current()
        {
            getter(ref _value);
            if (!_groups.TryGetValue(_value, out TState? state))
                _groups.Add(_value, state = make());
            return state;
        }
    }

    private sealed class Texts(ValueGetter<ReadOnlyMemory<char>> getter, Func<TState> make) : GroupReader<TState>
    {
        private readonly Dictionary<string, TState>.AlternateLookup<ReadOnlySpan<char>> _groups = new Dictionary<string, TState>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        private ReadOnlyMemory<char> _value;

        public override TState Current()
        {
            getter(ref _value);
            if (!_groups.TryGetValue(_value.Span, out TState? state))
                _groups[_value.Span] = state = make();
            return state;
        }
    }
}
