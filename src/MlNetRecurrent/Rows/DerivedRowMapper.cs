namespace MlNetRecurrent.Rows;

/// <summary>A transformer as ML.NET's mapper of single rows, which a <c>PredictionEngine</c> uses.</summary>
/// <param name="schema">The transformer, bound to the schema of its input.</param>
/// <param name="makeRow">Makes a row of another one, which it owns. It has the columns that are asked for.</param>
internal sealed class DerivedRowMapper(BoundSchema schema, Func<DataViewRow, DataViewSchema.Column[], DataViewRow> makeRow)
    : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => makeRow(input, [.. activeColumns]);
}
