using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>A row for each group, in the order of their first rows.</summary>
internal sealed class GroupingView(GroupingSchema schema, IDataView input, IChannelProvider environment)
    : OnePassView(schema.Output, input, GroupingTransformer.Component)
{
    /// <summary>Rows are of groups, so that no column is one of the other view.</summary>
    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns) => new Cursor(schema, Source.GetRowCursor(schema.Dependencies(columns)), columns, environment);

    private sealed class Cursor : DerivedCursor
    {
        private readonly GroupingSchema _schema;
        private readonly IChannelProvider _environment;
        private readonly GroupRowsReader _reader;
        private readonly MissingRows _withoutGroup, _withoutOrder;
        private long _position = -1;
        private GroupRows? _current;
        private bool _allAreRead;
        private int _given;

        public Cursor(GroupingSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns, IChannelProvider environment)
            : base(schema.Output, input, columns)
        {
            _schema = schema;
            _environment = environment;
            _withoutGroup = new(schema.Settings.MissingGroups == MissingRowAction.Drop);
            _withoutOrder = new(schema.Settings.MissingOrders == MissingRowAction.Drop);
            _reader = new(schema, input, Active, grows: false, _withoutGroup, _withoutOrder);
        }

        public override long Position => _position;

        public override long Batch => 0;

        protected override bool Move()
        {
            (_current, _position) = (null, -1);
            // A group is whole when the next one begins, or, where groups may be mixed, when all rows are read.
            int wanted = _schema.Settings.GroupsAreContiguous ? 2 : int.MaxValue;
            while (!_allAreRead && _reader.Groups.Count < wanted)
            {
                if (Input.MoveNext())
                    _reader.Take();
                else
                {
                    _allAreRead = true;
                    Report();
                }
            }
            if (!_reader.Groups.TryDequeue(out GroupRows? next))
                return false;
            next.Sort();
            (_current, _position) = (next, _given++);
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

        protected override Delegate MakeGetter(DataViewSchema.Column column) => _reader.MakeGetter(column, () => _current ?? throw NoRow());

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Report();
            base.Dispose(disposing);
        }

        private void Report()
        {
            _withoutGroup.Report(_environment, GroupingTransformer.Component, $"a group in column '{_schema.Settings.GroupColumnName}'");
            _withoutOrder.Report(_environment, GroupingTransformer.Component, $"an order in column '{_schema.Settings.OrderColumnName}'");
        }
    }
}
