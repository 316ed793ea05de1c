using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Takes row after row into groups that keep all their values.</summary>
internal sealed class GroupRowsReader : RowGrouper<GroupRows>
{
    private readonly GroupingSchema _schema;
    private readonly GroupColumn?[] _columns;
    private readonly bool _grows;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns of the output that are asked for.</param>
    /// <param name="grows">Whether groups are asked for after each row, rather than once, when all of their rows are there.</param>
    public GroupRowsReader(GroupingSchema schema, DataViewRow row, DataViewSchema.Column[] columns, bool grows)
        : base(row, schema.Settings, remembers: grows)
    {
        _schema = schema;
        _grows = grows;
        _columns = new GroupColumn?[schema.Output.Count];
        foreach (DataViewSchema.Column column in columns)
            _columns[column.Index] = GroupColumn.Of(row, column, schema.IsSequence(column));
    }

    public override string Signature => $"{_schema.Signature}; of these are read: {string.Join(", ", NamesOfRead())}";

    /// <summary>The getter of a column of the output, for the current group.</summary>
    public Delegate MakeGetter(DataViewSchema.Column column, Func<GroupRows> current) =>
        _columns[column.Index]!.MakeGetter(current, column.Index);

    protected override void ReadValues()
    {
        foreach (GroupColumn? column in _columns)
            column?.Read();
    }

    protected override GroupRows MakeGroup(OrderReader? order, Func<string> name) => new(
        name,
        order?.MakeSorted(_schema.Settings.ChecksOrder, _grows) ?? RowOrder.AsRead,
        Array.ConvertAll(_columns, column => column?.MakeValues()));

    private IEnumerable<string> NamesOfRead() =>
        _schema.Output.Where(column => _columns[column.Index] is not null).Select(column => column.Name);
}
