using MlNetRecurrent;
using MlNetRecurrent.Forecasting;

[assembly: LoadableClass(
    typeof(ForecastTransformer), null, typeof(SignatureLoadModel), "Recurrent forecast", ForecastTransformer.LoaderSignature)]

namespace MlNetRecurrent;

/// <summary>
/// A trained network that forecasts series. Each row of a table gets the forecast for the rows that follow it in its series, made from the
/// rows up to and including it: <c>Forecast</c>, a <c>Vector&lt;Single, Horizon&gt;</c>, or <c>Vector&lt;Single, Horizon, targets&gt;</c>
/// with several targets, and with quantiles <c>Quantiles</c>, a <c>Vector&lt;Single, Horizon, quantiles&gt;</c> or
/// <c>Vector&lt;Single, Horizon, targets, quantiles&gt;</c>.
/// </summary>
public sealed class ForecastTransformer : ITransformer
{
    internal const string LoaderSignature = "MlNetRecurrentForecast";

    internal ForecastTransformer(ForecastModel model) => Model = model;

    /// <summary>Whether rows can be transformed one by one: no, since a forecast depends on the rows before.</summary>
    public bool IsRowToRowMapper => false;

    /// <summary>The summary of the training.</summary>
    public TrainingSummary Training => Model.Training;

    /// <summary>The number of weights of the network.</summary>
    public long NumberOfParameters => Model.Network.Definition.Tensors.Sum(tensor => tensor.Count);

    internal ForecastModel Model { get; }

    /// <summary>Returns the schema of the output.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>The columns of the data and those of the forecasts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is not what the model was trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ForecastSchema(Model, inputSchema).Output;
    }

    /// <summary>Adds the forecasts to a table.</summary>
    /// <param name="input">The table: a row for each time step of each series, in order of time.</param>
    /// <returns>The table with the columns of the forecasts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is not what the model was trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ForecastView(new(Model, input.Schema), input);
    }

    /// <summary>Not supported.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="InvalidOperationException">Always: a forecast depends on the rows before.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException(
        "A forecast depends on the rows of its series before, which a row alone does not have. Transform a table instead.");

    /// <summary>Returns one line about the model.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"Forecast of {string.Join(", ", Model.Columns.Targets.Select(column => column.Name))}, {Model.Shape.Horizon} steps ahead, " +
        $"{NumberOfParameters} parameters";

    private static ForecastTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version());
        return new(ForecastFile.Read(context.Reader, FileBudget.Of(context)));
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        ForecastFile.Write(context.Writer, Model);
    }

    private static VersionInfo Version() => LoaderVersion.Of("MLNRFCST", LoaderSignature);
}
