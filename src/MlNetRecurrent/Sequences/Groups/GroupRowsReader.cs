using Microsoft.ML;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Takes row after row into their groups.</summary>
internal sealed partial class GroupRowsReader
{
    private readonly GroupingSchema _schema;
    private readonly Func<RowOrder> _makeOrder;
    private readonly Func<GroupColumn>?[] _makeColumns;
    private readonly GroupReader<GroupRows> _groups;
    private readonly DataViewRow _row;

    public GroupRowsReader(GroupingSchema schema, DataViewRow row, ActiveColumns active)
    {
        _schema = schema;
        _makeOrder = RowOrder.MakerOf(row, schema.Settings);
        _makeColumns = [.. schema.Output.Select(column => active.Contains(column) ? GroupColumn.MakerOf(row, column, schema.IsSequence(column)) : null)];
        _row = row;
        _groups = GroupReader<GroupRows>.Of(row, schema.Settings.GroupColumnName, Make, forgets: schema.Settings.GroupsAreContiguous);
    }

    /// <summary>The groups that have begun and were not yet taken away, in the order of their first rows.</summary>
    public Queue<GroupRows> Groups { get; } = [];

    /// <summary>Takes the current row and returns its group.</summary>
    /// <exception cref="InvalidOperationException">The rows of its group were over.</exception>
    public GroupRows Take()
    {
        GroupRows group = _groups.Current() ?? throw new InvalidOperationException(
            $"Row {_row.Position} (counted from 0) belongs to a group in column '{_schema.Settings.GroupColumnName}' whose rows were over. Groups whose rows are mixed need groupsAreContiguous: false.");
        group.LastUse = ++_uses;
        group.Append();
        return group;
    }

    /// <summary>The getter of a column of the output, of whatever group is current.</summary>
    public Delegate MakeGetter(DataViewSchema.Column column, Func<GroupRows> current) =>
        _makeColumns[column.Index]!().MakeGetter(() => current() is var group ? (group.Column(column.Index), group.Places()) : default);

    private GroupRows Make()
    {
        var group = new GroupRows(_makeOrder(), Array.ConvertAll(_makeColumns, make => make?.Invoke()));
        Groups.Enqueue(group);
        return group;
    }
}
