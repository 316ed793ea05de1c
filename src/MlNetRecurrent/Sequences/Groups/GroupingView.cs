using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>A row for each group, in the order of their first rows.</summary>
internal sealed class GroupingView(GroupingSchema schema, IDataView input) : OnePassView(schema.Output, input, "GroupIntoSequences")
{
    /// <summary>Rows are of groups, so that no column is one of the other view.</summary>
    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns) => new Cursor(schema, Source.GetRowCursor(schema.Dependencies(columns)), columns);

    private sealed class Cursor : DerivedCursor
    {
        private readonly GroupingSchema _schema;
        private readonly GroupRowsReader _reader;
        private long _position = -1;
        private GroupRows? _current;
        private bool _allAreRead;
        private int _given;

        public Cursor(GroupingSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
            : base(schema.Output, input, columns)
        {
            _schema = schema;
            _reader = new(schema, input, Active);
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            // A group is whole when the next one begins, or, where groups may be mixed, when all rows are read.
            int wanted = _schema.Settings.GroupsAreContiguous ? 2 : int.MaxValue;
            while (!_allAreRead && _reader.Groups.Count < wanted)
            {
                if (Input.MoveNext())
                    _reader.Take();
                else
                    _allAreRead = true;
            }
            bool hasNext = _reader.Groups.TryDequeue(out _current);
            _position = hasNext ? _given++ : -1;
            return hasNext;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

        protected override Delegate MakeGetter(DataViewSchema.Column column) => _reader.MakeGetter(column, () => _current ?? throw NoRow());
    }
}
