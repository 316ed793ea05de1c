using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>The map as ML.NET's mapper of single rows, which a PredictionEngine uses.</summary>
internal sealed class RowMapMapper(RowMapSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(schema, input, activeColumns);

    private sealed class Row(RowMapSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> columns) : DerivedRow(schema.Output, input, columns)
    {
        protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => schema.SourceOf(column);

        protected override Delegate MakeGetter(DataViewSchema.Column column) => schema.Added.MakeGetter(Input);
    }
}
