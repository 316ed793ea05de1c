using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Rows;

/// <summary>The columns that were asked for when a row or a cursor was made; only these have values.</summary>
internal sealed class ActiveColumns
{
    private readonly DataViewRow _input;
    private readonly bool[] _active;

    /// <param name="schema">The columns of the row or cursor.</param>
    /// <param name="input">The row or cursor that it is made of.</param>
    /// <param name="columns">The columns that are asked for.</param>
    public ActiveColumns(DataViewSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns)
    {
        _input = input;
        _active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
            _active[column.Index] = true;
    }

    /// <summary>Lets one thread at a time use the row or cursor.</summary>
    public ThreadGuard Guard { get; } = new();

    public bool Contains(DataViewSchema.Column column) => _active[column.Index];

    /// <summary>
    /// The getter of a column. Those of columns that are not passed on let one thread in at a time, and hand out no value while the input
    /// moves to another row.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="source">The column of the input, where it is passed on.</param>
    /// <param name="make">Makes the getter of any other.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column was not asked for.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ValueGetter<TValue> Getter<TValue>(
        DataViewSchema.Column column, DataViewSchema.Column? source, Func<DataViewSchema.Column, Delegate> make)
    {
        if (!Contains(column))
            throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active.");
        if (source is { } passedOn)
            return _input.GetGetter<TValue>(passedOn);
        ValueGetter<TValue> getter = make(column) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
        return (ref TValue value) =>
        {
            bool entered = Guard.Enter();
            try
            {
                long position = _input.Position;
                getter(ref value);
                if (_input.Position != position)
                    throw ThreadGuard.SharedByThreads();
            }
            finally
            {
                if (entered)
                    Guard.Leave();
            }
        };
    }
}
