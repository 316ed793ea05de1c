namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Goes from group to group.</summary>
internal sealed class GroupingCursor(
    GroupingSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns, IChannelProvider environment)
    : DerivedCursor(schema, input, columns)
{
    private readonly GroupRowsReader _reader = new(schema, input, columns, grows: false);

    /// <summary>The groups that have begun and did not come out yet, in the order of their first rows.</summary>
    private readonly Queue<GroupRows> _begun = [];

    private long _position = -1;
    private GroupRows? _current;
    private bool _allAreRead;
    private int _given;

    public override long Position => _position;

    public override long Batch => 0;

    protected override bool Move()
    {
        (_current, _position) = (null, -1);
        // A group is whole when the next one begins, or, where groups may be mixed, when all rows are read.
        int wanted = schema.Settings.GroupsAreContiguous ? 2 : int.MaxValue;
        while (!_allAreRead && _begun.Count < wanted)
        {
            if (!Input.MoveNext())
            {
                _allAreRead = true;
                _reader.Report(environment, GroupingTransformer.Component);
            }
            else if (_reader.Take() is { Count: 1 } group)
            {
                _begun.Enqueue(group);
            }
        }
        if (!_begun.TryDequeue(out GroupRows? next))
            return false;
        next.Sort();
        (_current, _position) = (next, _given++);
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

    protected override Delegate MakeGetter(DataViewSchema.Column column) => _reader.MakeGetter(column, () => _current ?? throw NoRow());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Report(environment, GroupingTransformer.Component);
        base.Dispose(disposing);
    }
}
