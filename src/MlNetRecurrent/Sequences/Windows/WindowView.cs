using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The rows that have a window. They come in their order, in one pass.</summary>
internal sealed class WindowView(WindowSchema schema, IDataView input) : OnePassView(schema.Output, input, "SlidingWindow")
{
    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    protected override DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns) => new Cursor(schema, Source.GetRowCursor(schema.Dependencies(columns)), columns);

    private sealed class Cursor(WindowSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns) : DerivedCursor(schema.Output, input, columns)
    {
        private readonly WindowReader _windows = new(schema, input, schema.Settings.Horizon, schema.NeedsWindows(columns));
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => Input.Batch;

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                if (!schema.Settings.IsDue(_windows.Take()))
                    continue;
                _position++;
                return true;
            }
            _position = -1;
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
