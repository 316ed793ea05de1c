using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Windows as ML.NET's mapper of single rows, which a PredictionEngine uses: each row that is fed ends the window that comes with it.</summary>
internal sealed class WindowMapper(WindowSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies([.. dependingColumns]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(schema, input, [.. activeColumns]);

    private sealed class Row(WindowSchema schema, DataViewRow input, DataViewSchema.Column[] columns) : DerivedRow(schema.Output, input, columns)
    {
        private readonly WindowReader _windows = new(schema, input, delay: 0, schema.NeedsWindows(columns));
        private readonly PassedOnColumns _passedOn = new(input, columns.Select(schema.SourceOf).OfType<DataViewSchema.Column>());
        private long _taken = -1;

        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column)
        {
            int length = schema.WindowLength;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                if (_taken != Input.Position)
                {
                    _passedOn.Read();
                    _windows.Take();
                    _taken = Input.Position;
                }
                _windows.CopyTo(ref value, length);
            });
        }
    }
}
