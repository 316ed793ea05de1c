using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The rows that have a window. They come in their order, in one pass.</summary>
internal sealed class WindowView(WindowSchema schema, IDataView input, IChannelProvider environment, WindowWarnings warnings)
    : OnePassView(schema.Output, input, WindowTransformer.Component)
{
    private int _passes;

    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

    protected override DataViewRowCursor MakeCursor(DataViewSchema.Column[] columns) =>
        new Cursor(schema, Source.GetRowCursor(schema.Dependencies(columns)), columns, environment, EndPass);

    /// <summary>Warns once a view, however often it is read.</summary>
    private void EndPass(WindowReader windows)
    {
        if (Interlocked.Increment(ref _passes) > 1)
            return;
        Func<object, string> name = SeriesNames.Of(schema.Settings.GroupColumnName is { } group ? schema.Input[group] : null);
        warnings.PassEnded(windows.Groups.Select(series => (series.Key is { } key ? name(key) : "", series.Rows)));
    }

    private sealed class Cursor : DerivedCursor
    {
        private readonly WindowSchema _schema;
        private readonly IChannelProvider _environment;
        private readonly Action<WindowReader> _endPass;
        private readonly WindowReader _windows;
        private readonly MissingRows _withoutGroup, _withoutOrder;
        private long _position = -1, _given;

        public Cursor(
            WindowSchema schema,
            DataViewRowCursor input,
            DataViewSchema.Column[] columns,
            IChannelProvider environment,
            Action<WindowReader> endPass)
            : base(schema.Output, input, columns)
        {
            _schema = schema;
            _environment = environment;
            _endPass = endPass;
            _withoutGroup = new(schema.Settings.MissingGroups == MissingRowAction.Drop);
            _withoutOrder = new(schema.Settings.MissingOrders == MissingRowAction.Drop);
            _windows = new(schema, input, schema.Settings.Horizon, schema.NeedsWindows(columns), _withoutGroup, _withoutOrder);
        }

        public override long Position => _position;

        public override long Batch => Input.Batch;

        protected override bool Move()
        {
            _position = -1;
            while (Input.MoveNext())
            {
                if (!_schema.Settings.IsDue(_windows.Take()))
                    continue;
                _position = _given++;
                return true;
            }
            Report();
            _endPass(_windows);
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => _schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column)
        {
            int length = _schema.WindowLength;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                if (_position < 0)
                    throw NoRow();
                _windows.CopyTo(ref value, length);
            });
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Report();
            base.Dispose(disposing);
        }

        private void Report()
        {
            _withoutGroup.Report(_environment, WindowTransformer.Component, $"a group in column '{_schema.Settings.GroupColumnName}'");
            _withoutOrder.Report(_environment, WindowTransformer.Component, $"an order in column '{_schema.Settings.OrderColumnName}'");
        }
    }
}
