using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Splits;

/// <summary>Goes once through the groups and the order of a table.</summary>
/// <param name="data">The table.</param>
/// <param name="groupColumnName">The column of the groups; null where all rows are one.</param>
/// <param name="orderColumnName">The column that says how the rows of a group follow one another; null to take them as they come.</param>
internal sealed class TableScan(IDataView data, string? groupColumnName, string? orderColumnName)
{
    /// <summary>The number of rows of each group, in the order of their first rows.</summary>
    public long[] CountRows()
    {
        var counts = new List<long>();
        Read((group, _, _) =>
        {
            if (group == counts.Count)
                counts.Add(0);
            counts[group]++;
        });
        return [.. counts];
    }

    /// <summary>
    /// Moves borders between rows of a group down to the first row of the same time, so that rows of one time stay together.
    /// </summary>
    /// <param name="borders">The borders of each group, rising.</param>
    public void MoveToTimes(long[][] borders)
    {
        if (orderColumnName is null)
            return;
        var starts = new List<(long First, IComparable Time)>();
        int[] next = new int[borders.Length];
        Read((group, row, time) =>
        {
            if (group == starts.Count)
                starts.Add((0, time!));
            else if (time!.CompareTo(starts[group].Time) != 0)
                starts[group] = (row, time);
            for (; next[group] < borders[group].Length && borders[group][next[group]] == row; next[group]++)
                borders[group][next[group]] = starts[group].First;
        });
    }

    /// <summary>For each group, its first row that is not before a time, and the number of its rows.</summary>
    public (long[] Borders, long[] Counts) FindTime(IComparable time)
    {
        List<long> borders = [], counts = [];
        Read((group, row, current) =>
        {
            if (group == borders.Count)
            {
                borders.Add(long.MaxValue);
                counts.Add(0);
            }
            counts[group]++;
            if (borders[group] == long.MaxValue && current!.CompareTo(time) >= 0)
                borders[group] = row;
        });
        return ([.. borders.Zip(counts, Math.Min)], [.. counts]);
    }

    /// <param name="take">Receives the group, the number of the row within the group, and its order.</param>
    private void Read(Action<int, long, IComparable?> take)
    {
        DataViewSchema.Column? group = Find(groupColumnName), order = Find(orderColumnName);
        if (group is { } groups)
            RowGroupingRules.ThrowIfVector(groups);
        IEnumerable<DataViewSchema.Column> read = ((DataViewSchema.Column?[])[group, order]).OfType<DataViewSchema.Column>();
        using DataViewRowCursor cursor = data.GetRowCursor(read.DistinctBy(column => column.Index));
        int numberOfSeries = 0;
        GroupReader<Series> series = GroupReader<Series>.Of(cursor, groupColumnName, () => new(numberOfSeries++));
        Func<IComparable>? readOrder = order is { } column ? TimeReader.Of(cursor, column) : null;
        while (cursor.MoveNext())
        {
            Series current = series.Current() ?? throw series.Missing(GroupNames.LeaveOut);
            IComparable? time = readOrder?.Invoke();
            if (time is not null && current.Last is { } last && time.CompareTo(last) < 0)
            {
                string before = groupColumnName is null ? "the row that stands before it" : "the row of its group that stands before it";
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Row {cursor.Position} (counted from 0) has {time} in order column '{orderColumnName}', ") +
                    FormattableString.Invariant($"before the {last} of {before}."));
            }
            current.Last = time;
            take(current.Index, current.Rows++, time);
        }
    }

    private DataViewSchema.Column? Find(string? name) => name is null ? null : SchemaShapeRules.Find(data.Schema, name, nameof(data));

    private sealed class Series(int index)
    {
        public int Index => index;

        public long Rows { get; set; }

        public IComparable? Last { get; set; }
    }
}
