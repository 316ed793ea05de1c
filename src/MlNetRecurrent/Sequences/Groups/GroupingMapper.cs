using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;
using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Groups as ML.NET's mapper of single rows, which a PredictionEngine uses: each row that is fed is added to its group, which comes out as it is so far.</summary>
internal sealed class GroupingMapper(GroupingSchema schema, List<IRowMemory>? memories) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var row = new Row(schema, input, activeColumns);
        memories?.Add(row.Memory);
        return row;
    }

    private sealed class Row : DerivedRow, ITakenRow
    {
        private readonly GroupRowsReader _reader;
        private GroupRows? _current;
        private long _taken = -1;

        public Row(GroupingSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns)
            : base(schema.Output, input, columns)
        {
            _reader = new(schema, input, Active, grows: true);
        }

        public IRowMemory Memory => _reader;

        public void Undo()
        {
            if (_taken != Input.Position)
                return;
            _reader.Undo();
            _taken = -1;
        }

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

        protected override Delegate MakeGetter(DataViewSchema.Column column) => _reader.MakeGetter(column, Current);

        private GroupRows Current()
        {
            if (_taken != Input.Position)
            {
                _current = TakenRow.TakeOrUndo(Input, _reader.Take);
                _reader.Groups.Clear();
                _taken = Input.Position;
            }
            return _current!;
        }
    }
}
