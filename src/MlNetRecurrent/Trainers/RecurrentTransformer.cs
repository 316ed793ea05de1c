using MlNetRecurrent.Rows;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// A trained recurrent network. It adds its predictions to a view; it is saved with <c>mlContext.Model.Save</c> and loaded with
/// <c>mlContext.Model.Load</c>, alone or as part of a pipeline, wherever the package is referenced.
/// </summary>
/// <remarks>
/// It may be shared by threads. A <c>PredictionEngine</c>, a cursor of a view and a row of a mapper are for one thread at a time: where
/// several threads use one at once, they get an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class RecurrentTransformer : ITransformer
{
    internal RecurrentTransformer(TrainedModel model) => Model = model;

    /// <summary>Always <see langword="true"/>: each row is scored by itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>How the network was trained.</summary>
    public TrainingSummary Training => Model.Training;

    /// <summary>The number of trained weights and biases, including those of the embedding and of the linear output layer.</summary>
    public long NumberOfParameters => Model.Network.Definition.Tensors.Sum(tensor => tensor.Count);

    internal TrainedModel Model { get; }

    /// <summary>The log of the warnings; null where there is none.</summary>
    internal WarningLog? Warnings { get; init; }

    /// <summary>The columns of <paramref name="inputSchema"/> and the predictions.</summary>
    /// <param name="inputSchema">A schema that has the feature column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing.</exception>
    /// <exception cref="InvalidOperationException">The feature column does not hold what the network was trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>Adds the predictions to a view. They are computed in batches, while the view is read.</summary>
    /// <param name="input">A view that has the feature column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing.</exception>
    /// <exception cref="InvalidOperationException">The feature column does not hold what the network was trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ScoringSchema schema = Bind(input.Schema);
        HiddenPredictionsCheck.Warn(Warnings, schema);
        return new ScoringView(schema, input);
    }

    /// <summary>The network as a mapper of single rows, which is what a <c>PredictionEngine</c> uses.</summary>
    /// <param name="inputSchema">A schema that has the feature column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing.</exception>
    /// <exception cref="InvalidOperationException">The feature column does not hold what the network was trained on.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ScoringSchema schema = Bind(inputSchema);
        HiddenPredictionsCheck.Warn(Warnings, schema);
        return new DerivedRowMapper(schema, (input, columns) => new ScoringRow(schema, input, columns));
    }

    private ScoringSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(Model, inputSchema);
    }
}
