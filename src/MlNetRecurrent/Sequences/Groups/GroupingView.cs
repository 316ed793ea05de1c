using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>A row for each group, in the order of their first rows.</summary>
internal sealed class GroupingView(GroupingSchema schema, IDataView input) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(schema, input.GetRowCursor(schema.Dependencies(columns)), columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly GroupingSchema _schema;
        private readonly DataViewRowCursor _input;
        private readonly bool[] _active;
        private readonly GroupRowsReader _reader;
        private long _position = -1;
        private GroupRows? _current;
        private bool _allAreRead;
        private int _given;

        public Cursor(GroupingSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
        {
            _schema = schema;
            _input = input;
            _active = new bool[schema.Output.Count];
            foreach (DataViewSchema.Column column in columns)
                _active[column.Index] = true;
            _reader = new(schema, input, _active);
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            // A group is whole when the next one begins, or, where groups may be mixed, when all rows are read.
            int wanted = _schema.Settings.GroupsAreContiguous ? 2 : int.MaxValue;
            while (!_allAreRead && _reader.Groups.Count < wanted)
            {
                if (_input.MoveNext())
                    _reader.Take();
                else
                    _allAreRead = true;
            }
            bool hasNext = _reader.Groups.TryDequeue(out _current);
            _position = hasNext ? _given++ : -1;
            return hasNext;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            _reader.Getter<TValue>(_active, column, () => _current ?? throw new InvalidOperationException("The cursor stands on no row: MoveNext was not called, or gave false."));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
