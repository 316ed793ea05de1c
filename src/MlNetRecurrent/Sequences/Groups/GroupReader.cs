namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Finds the data of the group of the current row.</summary>
/// <typeparam name="TState">The data that is kept for each group.</typeparam>
internal abstract partial class GroupReader<TState>
    where TState : class
{
    /// <summary>Whether the current row, for which <see cref="Current"/> was called, has no group.</summary>
    public bool IsMissing { get; private protected set; }

    /// <param name="row">The row.</param>
    /// <param name="columnName">The column of the groups; null where all rows are one.</param>
    /// <param name="make">Makes the data of a new group.</param>
    /// <param name="forgets">Whether the data of a group is dropped when a row of another group comes. Only its name is kept.</param>
    public static GroupReader<TState> Of(DataViewRow row, string? columnName, Func<TState> make, bool forgets = false)
    {
        if (columnName is null)
            return new All(make);
        DataViewSchema.Column column = row.Schema[columnName];
        if (column.Type is TextDataViewType)
            return new Texts(row, column, make, forgets);
        return TypeDispatch.Call(OfValues<int>, column.Type, row, column, make, forgets);
    }

    /// <summary>The data of the group of the current row; null if it is forgotten, or if the row has no group.</summary>
    public abstract TState? Current();

    /// <summary>The error of a current row without a group, where an option of a transform can leave it out.</summary>
    public InvalidOperationException Missing() => Missing(GroupNames.DropOption);

    /// <summary>The error of a current row without a group.</summary>
    /// <param name="remedy">Advice, as a sentence.</param>
    public abstract InvalidOperationException Missing(string remedy);

    /// <summary>Returns the name of the current group for the end of a message; empty if all rows are one group.</summary>
    public abstract Func<string> Name();

    private static GroupReader<TState> OfValues<T>(DataViewRow row, DataViewSchema.Column column, Func<TState> make, bool forgets)
        where T : notnull => new Values<T>(row, column, make, forgets);

    private sealed partial class All(Func<TState> make) : GroupReader<TState>
    {
        private TState? _state;

        public override TState? Current() => _state ??= make();

        public override InvalidOperationException Missing(string remedy) => throw new NotSupportedException();

        public override Func<string> Name() => () => "";
    }

    private sealed class Values<T>(DataViewRow row, DataViewSchema.Column column, Func<TState> make, bool forgets) : Keyed<T>(make)
        where T : notnull
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly Func<T, bool>? _isMissing = MissingValue.Test<T>(column.Type);
        private T _value = default!;

        public override TState? Current()
        {
            _getter(ref _value);
            IsMissing = _isMissing is not null && _isMissing(_value);
            if (IsMissing)
                return null;
            if (GroupNames.Imprecise(row, column, _value) is { } error)
                throw error;
            if (_groups.TryGetValue(_value, out TState? state))
                return state;
            return Begin(_value, forgets);
        }

        public override InvalidOperationException Missing(string remedy) => GroupNames.Missing(row, column, remedy);

        public override Func<string> Name()
        {
            T value = _value;
            return () => GroupNames.Describe(column, value);
        }

        protected override T ReadKey()
        {
            _getter(ref _value);
            return _value;
        }
    }

    private sealed class Texts(DataViewRow row, DataViewSchema.Column column, Func<TState> make, bool forgets)
        : Keyed<string>(make, StringComparer.Ordinal)
    {
        private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        private readonly Func<ReadOnlyMemory<char>, bool> _isMissing = MissingValue.Test<ReadOnlyMemory<char>>(column.Type)!;
        private ReadOnlyMemory<char> _value;

        public override TState? Current()
        {
            _getter(ref _value);
            IsMissing = _isMissing(_value);
            if (IsMissing)
                return null;
            if (_groups.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_value.Span, out TState? state))
                return state;
            return Begin(_value.ToString(), forgets);
        }

        public override InvalidOperationException Missing(string remedy) => GroupNames.Missing(row, column, remedy);

        public override Func<string> Name()
        {
            string value = _value.ToString();
            return () => GroupNames.Describe(column, value);
        }

        protected override string ReadKey()
        {
            _getter(ref _value);
            return _value.ToString();
        }
    }
}
