using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Groups as ML.NET's mapper of single rows, which a PredictionEngine uses: each row that is fed is added to its group, which comes out as it is so far.</summary>
internal sealed class GroupingMapper(GroupingSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(schema, input, activeColumns);

    private sealed class Row : DataViewRow
    {
        private readonly GroupingSchema _schema;
        private readonly DataViewRow _input;
        private readonly bool[] _active;
        private readonly GroupRowsReader _reader;
        private GroupRows? _current;
        private long _taken = -1;

        public Row(GroupingSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns)
        {
            _schema = schema;
            _input = input;
            _active = new bool[schema.Output.Count];
            foreach (DataViewSchema.Column column in columns)
                _active[column.Index] = true;
            _reader = new(schema, input, _active);
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _reader.Getter<TValue>(_active, column, Current);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private GroupRows Current()
        {
            if (_taken != _input.Position)
            {
                _current = _reader.Take();
                _taken = _input.Position;
            }
            return _current!;
        }
    }
}
