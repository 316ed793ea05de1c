using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>The map as ML.NET's mapper of single rows, which a PredictionEngine uses.</summary>
internal sealed class RowMapMapper(RowMapSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(schema, input, activeColumns);

    private sealed class Row(RowMapSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns) : DataViewRow
    {
        private readonly bool[] _active = schema.Active(columns);

        public override DataViewSchema Schema => schema.Output;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => schema.Getter<TValue>(input, _active, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
