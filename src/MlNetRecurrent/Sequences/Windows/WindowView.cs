using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The rows that have a window. They come in their order, in one pass.</summary>
internal sealed class WindowView(WindowSchema schema, IDataView input, WindowWarnings warnings) : OnePassView(schema.Output)
{
    private int _passes;

    protected override DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns) =>
        new Cursor(schema, input.GetRowCursor(schema.Dependencies(columns)), columns, EndPass);

    /// <summary>Warns once a view, however often it is read.</summary>
    private void EndPass(WindowReader windows)
    {
        if (Interlocked.Increment(ref _passes) > 1)
            return;
        Func<object, string> name = SeriesNames.Of(schema.Settings.GroupColumnName is { } group ? schema.Input[group] : null);
        warnings.PassEnded(windows.Groups.Select(series => (series.Key is { } key ? name(key) : "", series.Rows)));
    }

    private sealed class Cursor(WindowSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns, Action<WindowReader> endPass)
        : DerivedCursor(schema.Output, input, columns)
    {
        private readonly WindowReader _windows = new(schema, input, schema.Settings.Horizon, schema.NeedsWindows(columns));
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => Input.Batch;

        protected override bool Move()
        {
            while (Input.MoveNext())
            {
                if (!schema.Settings.IsDue(_windows.Take()))
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            endPass(_windows);
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column)
        {
            int length = schema.WindowLength;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                if (_position < 0)
                    throw NoRow();
                _windows.CopyTo(ref value, length);
            });
        }
    }
}
