using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>
/// Takes row after row into their groups. All of a row is read before its group changes, so that a row that cannot be read leaves all
/// groups as they were.
/// </summary>
/// <typeparam name="TGroup">The data that is kept for each group.</typeparam>
internal abstract partial class RowGrouper<TGroup>
    where TGroup : RowGroup
{
    private readonly DataViewRow _row;
    private readonly IRowGrouping _grouping;
    private readonly OrderReader? _order;
    private readonly GroupReader<TGroup> _groups;
    private readonly MissingRows _withoutGroup, _withoutOrder;

    /// <param name="row">The row.</param>
    /// <param name="grouping">The groups and their order.</param>
    /// <param name="remembers">Whether rows are kept for later rows, as in a <c>PredictionEngine</c>: each row can be taken back, and none
    /// may be left out.</param>
    protected RowGrouper(DataViewRow row, IRowGrouping grouping, bool remembers)
    {
        _row = row;
        _grouping = grouping;
        _order = OrderReader.Of(row, grouping.Order);
        _groups = GroupReader<TGroup>.Of(row, grouping.GroupColumnName, MakeGroup, grouping.GroupsAreContiguous);
        _groups.CanUndo = remembers;
        _withoutGroup = new(drop: !remembers && grouping.MissingGroups == MissingRowAction.Drop);
        _withoutOrder = new(drop: !remembers && grouping.MissingOrders == MissingRowAction.Drop);
    }

    /// <summary>The groups so far; the key is null where all rows are one group.</summary>
    public IEnumerable<(object? Key, TGroup Group)> Groups => _groups.Groups();

    /// <summary>Takes the current row and returns its group; null where the row is left out.</summary>
    /// <exception cref="InvalidOperationException">The row cannot be taken, or the rows of its group were over. No group has
    /// changed.</exception>
    public TGroup? Take()
    {
        _taken = null;
        if (_order?.Read() == false)
        {
            _withoutOrder.Add(_order.Missing);
            return null;
        }
        ReadValues();
        TGroup? group = _groups.Current();
        if (_groups.IsMissing)
        {
            _withoutGroup.Add(_groups.Missing);
            return null;
        }
        if (group is null)
        {
            throw new InvalidOperationException(
                $"Row {_row.Position} (counted from 0) belongs to a group in column '{_grouping.GroupColumnName}' whose rows were over. " +
                "Groups whose rows are mixed need groupsAreContiguous: false.");
        }
        if (group.FindFault() is { } fault)
            throw fault.In(_groups.Name()());
        group.Append();
        _useBefore = group.LastUse;
        group.LastUse = ++_uses;
        _taken = group;
        return group;
    }

    /// <summary>Writes to the log, at the end of a pass, how many rows were left out.</summary>
    /// <param name="environment">The environment with the log.</param>
    /// <param name="component">The transform, as the log shows it.</param>
    public void Report(IChannelProvider environment, string component)
    {
        _withoutGroup.Report(environment, component, $"a group in column '{_grouping.GroupColumnName}'");
        _withoutOrder.Report(environment, component, $"an order in column '{_grouping.Order?.ColumnName}'");
    }

    /// <summary>Reads the values of the current row that its group keeps.</summary>
    protected abstract void ReadValues();

    private TGroup MakeGroup() => MakeGroup(_order, _groups.Name());

    /// <summary>Makes a group without rows.</summary>
    /// <param name="order">Reads the order of the current row; null where rows are taken as they come.</param>
    /// <param name="name">The group in messages.</param>
    protected abstract TGroup MakeGroup(OrderReader? order, Func<string> name);
}
