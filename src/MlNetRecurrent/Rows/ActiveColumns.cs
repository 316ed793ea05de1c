using Microsoft.ML;

namespace MlNetRecurrent.Rows;

/// <summary>The columns that were asked for when a row or a cursor was made; only these have values.</summary>
internal sealed class ActiveColumns
{
    private readonly bool[] _active;

    public ActiveColumns(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        _active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
            _active[column.Index] = true;
    }

    public bool Contains(DataViewSchema.Column column) => _active[column.Index];

    /// <summary>The getter of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="input">The row that has the columns that are passed on.</param>
    /// <param name="source">The column of that row, where it is one of these.</param>
    /// <param name="make">Makes the getter of any other.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column was not asked for.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, DataViewRow input, DataViewSchema.Column? source, Func<DataViewSchema.Column, Delegate> make)
    {
        if (!Contains(column))
            throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active.");
        if (source is { } passedOn)
            return input.GetGetter<TValue>(passedOn);
        return make(column) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }
}
