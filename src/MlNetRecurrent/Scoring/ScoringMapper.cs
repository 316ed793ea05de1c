using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Scoring;

/// <summary>The model as ML.NET's row-to-row mapper.</summary>
internal sealed class ScoringMapper(ScoringSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoringRow(schema, input, [.. activeColumns]);
}
