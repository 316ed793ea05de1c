using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The rows that have a window. They come in their order, in one pass.</summary>
internal sealed class WindowView(WindowSchema schema, IDataView input) : IDataView
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
        private readonly WindowSchema _schema;
        private readonly DataViewRowCursor _input;
        private readonly bool[] _active;
        private readonly WindowReader _windows;
        private long _position = -1;

        public Cursor(WindowSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
        {
            _schema = schema;
            _input = input;
            _active = new bool[schema.Output.Count];
            foreach (DataViewSchema.Column column in columns)
                _active[column.Index] = true;
            _windows = new(schema, input, schema.Settings.Horizon, schema.NeedsWindows(columns));
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _position;

        public override long Batch => _input.Batch;

        public override bool MoveNext()
        {
            while (_input.MoveNext())
            {
                if (!_schema.Settings.IsDue(_windows.Take()))
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

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
                if (_position < 0)
                    throw new InvalidOperationException("The cursor stands on no row: MoveNext was not called, or gave false.");
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
