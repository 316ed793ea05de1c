using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Windows as ML.NET's mapper of single rows, which a PredictionEngine uses: each row that is fed ends the window that comes with it.</summary>
internal sealed class WindowMapper(WindowSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies([.. dependingColumns]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(schema, input, [.. activeColumns]);

    private sealed class Row : DataViewRow
    {
        private readonly WindowSchema _schema;
        private readonly DataViewRow _input;
        private readonly bool[] _active;
        private readonly WindowReader _windows;
        private long _taken = -1;

        public Row(WindowSchema schema, DataViewRow input, DataViewSchema.Column[] columns)
        {
            _schema = schema;
            _input = input;
            _active = new bool[schema.Output.Count];
            foreach (DataViewSchema.Column column in columns)
                _active[column.Index] = true;
            _windows = new(schema, input, delay: 0, schema.NeedsWindows(columns));
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active.");
            if (column.Index < _schema.Input.Count)
                return _input.GetGetter<TValue>(_schema.Input[column.Index]);
            int length = _schema.Settings.WindowSize * _schema.Features;
            Delegate getter = (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                if (_taken != _input.Position)
                {
                    _windows.Take();
                    _taken = _input.Position;
                }
                _windows.CopyTo(ref value, length);
            });
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
