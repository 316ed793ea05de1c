using Microsoft.ML;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Takes row after row into their groups.</summary>
internal sealed class GroupRowsReader
{
    private readonly GroupingSchema _schema;
    private readonly Func<RowOrder> _makeOrder;
    private readonly Func<GroupColumn>?[] _makeColumns;
    private readonly GroupReader<GroupRows> _groups;

    public GroupRowsReader(GroupingSchema schema, DataViewRow row, bool[] active)
    {
        _schema = schema;
        _makeOrder = RowOrder.MakerOf(row, schema.Settings);
        _makeColumns = [.. schema.Output.Select(column => active[column.Index] ? GroupColumn.MakerOf(row, column, schema.IsSequence(column)) : null)];
        _groups = GroupReader<GroupRows>.Of(row, schema.Settings.GroupColumnName, Make);
    }

    /// <summary>The groups in the order of their first rows.</summary>
    public List<GroupRows> Groups { get; } = [];

    /// <summary>Takes the current row and returns its group.</summary>
    public GroupRows Take()
    {
        GroupRows group = _groups.Current();
        group.Append();
        return group;
    }

    /// <summary>The getter of a column of the output, of whatever group is current.</summary>
    public ValueGetter<TValue> Getter<TValue>(bool[] active, DataViewSchema.Column column, Func<GroupRows> current)
    {
        if (!active[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active.");
        Delegate getter = _makeColumns[column.Index]!().MakeGetter(() => current() is var group ? (group.Column(column.Index), group.Places()) : default);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {_schema.Output[column.Index].Type}, not {typeof(TValue)}.");
    }

    private GroupRows Make()
    {
        var group = new GroupRows(_makeOrder(), Array.ConvertAll(_makeColumns, make => make?.Invoke()));
        Groups.Add(group);
        return group;
    }
}
