using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Scoring;

/// <summary>Adds the predictions of a model to views and rows, for the transformers that have models.</summary>
internal static class ModelScoring
{
    /// <summary>The schema with the columns of the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that the model reads is missing.</exception>
    /// <exception cref="InvalidOperationException">A column does not hold what the model was trained on.</exception>
    public static DataViewSchema Describe(DataViewSchema inputSchema, ScoringModel model)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringSchema(model, inputSchema).Output;
    }

    /// <summary>The view with the columns of the model, which are computed in batches while it is read.</summary>
    /// <param name="input">The view.</param>
    /// <param name="model">The model.</param>
    /// <param name="warnings">The log of the warnings; null if there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that the model reads is missing.</exception>
    /// <exception cref="InvalidOperationException">A column does not hold what the model was trained on.</exception>
    public static IDataView AddTo(IDataView input, ScoringModel model, WarningLog? warnings)
    {
        ArgumentNullException.ThrowIfNull(input);
        var schema = new ScoringSchema(model, input.Schema);
        HiddenPredictionsCheck.Warn(warnings, schema);
        return new ScoringView(schema, input);
    }

    /// <summary>A mapper of single rows, which a <c>PredictionEngine</c> uses.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <param name="model">The model.</param>
    /// <param name="warnings">The log of the warnings; null if there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that the model reads is missing.</exception>
    /// <exception cref="InvalidOperationException">A column does not hold what the model was trained on.</exception>
    public static IRowToRowMapper MapRows(DataViewSchema inputSchema, ScoringModel model, WarningLog? warnings)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var schema = new ScoringSchema(model, inputSchema);
        HiddenPredictionsCheck.Warn(warnings, schema);
        return new DerivedRowMapper(schema, (input, columns) =>
        {
            StaticColumnCheck.Warn(warnings, model, input);
            return new ScoringRow(schema, input, columns);
        });
    }
}
