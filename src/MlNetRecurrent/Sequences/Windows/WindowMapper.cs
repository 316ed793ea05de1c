using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Rows;
using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Windows as ML.NET's mapper of single rows, which a PredictionEngine uses: each row that is fed ends the window that comes with it.</summary>
internal sealed class WindowMapper(WindowSchema schema, List<IRowMemory>? memories) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies([.. dependingColumns]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var row = new Row(schema, input, [.. activeColumns]);
        memories?.Add(row.Memory);
        return row;
    }

    private sealed class Row(WindowSchema schema, DataViewRow input, DataViewSchema.Column[] columns)
        : DerivedRow(schema.Output, input, columns), IWindowRow, ITakenRow
    {
        private readonly WindowReader _windows = new(schema, input, delay: 0, schema.NeedsWindows(columns));
        private readonly PassedOnColumns _passedOn = new(input, columns.Select(schema.SourceOf).OfType<DataViewSchema.Column>());
        private long _taken = -1, _rows;

        public IRowMemory Memory => _windows;

        public bool IsIncomplete => _taken == Input.Position && HasTooFewRows;

        private bool HasTooFewRows => schema.Settings.Start == WindowStart.Drop && _rows < schema.Settings.WindowSize;

        public void Undo()
        {
            if (_taken != Input.Position)
                return;
            _windows.Undo();
            _taken = -1;
        }

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column)
        {
            int length = schema.WindowLength;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                if (_taken != Input.Position)
                {
                    _rows = TakenRow.TakeOrUndo(Input, Take);
                    _taken = Input.Position;
                }
                if (HasTooFewRows)
                    Fill(ref value, length, IncompleteWindow.Mark);
                else
                    _windows.CopyTo(ref value, length);
            });
        }

        private long Take()
        {
            _passedOn.Read();
            return _windows.Take();
        }

        private static void Fill(ref VBuffer<float> value, int length, float number)
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
            editor.Values.Fill(number);
            value = editor.Commit();
        }
    }
}
