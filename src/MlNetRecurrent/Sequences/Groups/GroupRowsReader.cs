using Microsoft.ML;
using MlNetRecurrent.Rows;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Takes row after row into their groups.</summary>
internal sealed partial class GroupRowsReader
{
    private readonly GroupingSchema _schema;
    private readonly DataViewRow _row;
    private readonly bool _grows;
    private readonly MissingRows _withoutGroup, _withoutOrder;
    private readonly OrderReader? _order;
    private readonly GroupColumn?[] _columns;
    private readonly GroupReader<GroupRows> _groups;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="active">The columns of the output that are wanted.</param>
    /// <param name="withoutGroup">The rows without a group; null where they are refused in any case.</param>
    /// <param name="withoutOrder">The rows without an order; null where they are refused in any case.</param>
    /// <param name="grows">Whether groups are asked for after each row, rather than once, when all of their rows are there.</param>
    public GroupRowsReader(
        GroupingSchema schema, DataViewRow row, ActiveColumns active, bool grows, MissingRows? withoutGroup = null, MissingRows? withoutOrder = null)
    {
        _schema = schema;
        _row = row;
        _grows = grows;
        _withoutGroup = withoutGroup ?? new(drop: false);
        _withoutOrder = withoutOrder ?? new(drop: false);
        _order = OrderReader.Of(row, schema.Settings.Order);
        _columns = [.. schema.Output.Select(column => active.Contains(column) ? GroupColumn.Of(row, column, schema.IsSequence(column)) : null)];
        _groups = GroupReader<GroupRows>.Of(row, schema.Settings.GroupColumnName, Make, forgets: schema.Settings.GroupsAreContiguous);
        _groups.CanUndo = grows;
    }

    /// <summary>The groups that have begun and were not yet taken away, in the order of their first rows. None where they grow.</summary>
    public Queue<GroupRows> Groups { get; } = [];

    /// <summary>Takes the current row and returns its group; null where the row is left out. All of the row is read before a group
    /// changes.</summary>
    /// <exception cref="InvalidOperationException">The row cannot be taken, or the rows of its group were over. No group has
    /// changed.</exception>
    public GroupRows? Take()
    {
        if (_order?.Read() == false)
        {
            _withoutOrder.Add(_order.Missing);
            return null;
        }
        foreach (GroupColumn? column in _columns)
            column?.Read();
        GroupRows? group = _groups.Current();
        if (_groups.IsMissing)
        {
            _withoutGroup.Add(_groups.Missing);
            return null;
        }
        if (group is null)
        {
            throw new InvalidOperationException(
                $"Row {_row.Position} (counted from 0) belongs to a group in column '{_schema.Settings.GroupColumnName}' whose rows were over. Groups whose rows are mixed need groupsAreContiguous: false.");
        }
        group.Append();
        _useBefore = group.LastUse;
        group.LastUse = ++_uses;
        _taken = group;
        if (group.Count == 1 && !_grows)
            Groups.Enqueue(group);
        return group;
    }

    /// <summary>The getter of a column of the output, of whatever group is current.</summary>
    public Delegate MakeGetter(DataViewSchema.Column column, Func<GroupRows> current) => _columns[column.Index]!.MakeGetter(current, column.Index);

    private GroupRows Make() => new(
        _groups.Name(),
        _order?.MakeOrder(_schema.Settings.ChecksOrder, _grows) ?? RowOrder.AsRead,
        Array.ConvertAll(_columns, column => column?.MakeValues()));
}
