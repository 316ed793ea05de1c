using MlNetRecurrent;

namespace Microsoft.ML;

/// <summary>Recurrent trainers that forecast series. They extend <c>MLContext.Forecasting.Trainers</c>.</summary>
public static class RecurrentForecastingCatalog
{
    /// <summary>Origins of a series overlap, so that networks overfit soon.</summary>
    private const float Dropout = 0.2f;

    /// <summary>Creates a trainer that forecasts series with one LSTM layer (Hochreiter and Schmidhuber, 1997), with a dropout of
    /// 0.2.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | target | `Single` | the value of a time step; NaN where it is missing |
    /// | series | text, key or number | the series of a row; none for one series |
    /// | time | number or time | the time of a row, rising within each series; none where rows are in order |
    /// | `Forecast` | `Vector<Single, Horizon>` | the forecasts for the rows that follow a row in its series |
    ///
    /// The table has a row for each time step of each series, in order of time. Targets that are missing (NaN) are not learned and not
    /// guessed.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | forecasting, with the squared error as loss |
    /// | Is normalization required? | No: the trainer scales each series |
    /// | Is caching required? | No: the data is read once and kept in memory |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>ITransformer model = ml.Forecasting.Trainers.Lstm("Sales", horizon: 12, "Shop", "Month").Fit(data);</code>
    /// </example>
    /// <param name="catalog">The trainer catalog, <c>MLContext.Forecasting.Trainers</c>.</param>
    /// <param name="targetColumnName">The name of the column to forecast, a <see cref="float"/>.</param>
    /// <param name="horizon">The number of steps to forecast. Between 1 and 65536.</param>
    /// <param name="seriesColumnName">The name of the column with the series of a row. Default: <see langword="null"/>, one series.</param>
    /// <param name="timeColumnName">The name of the column with the time of a row. Default: <see langword="null"/>; rows are in
    /// order.</param>
    /// <param name="contextLength">The number of recent rows that a forecast looks back on in training. Between 1 and 1048576.
    /// Default: 48.</param>
    /// <param name="hiddenSize">The number of hidden units of the layer. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>; the trainer
    /// chooses it.</param>
    /// <param name="learningRate">The maximum learning rate of Adam. Above 0. Default: <see langword="null"/>; the trainer chooses
    /// it.</param>
    /// <param name="progress">Receives the progress of the training. Default: <see langword="null"/>.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ForecastTrainer Lstm(
        this ForecastingCatalog.Forecasters catalog, string targetColumnName, int horizon, string? seriesColumnName = null,
        string? timeColumnName = null, int contextLength = 48, int hiddenSize = 64, int? numberOfEpochs = null,
        float? learningRate = null, IProgress<TrainingProgress>? progress = null) =>
        Recurrent(catalog, Options(
            new LstmLayer(hiddenSize) { Dropout = Dropout }, targetColumnName, horizon, seriesColumnName, timeColumnName, contextLength,
            numberOfEpochs, learningRate, progress));

    /// <summary>Creates a trainer that forecasts series with one GRU layer (Cho et al., 2014). Otherwise as <c>Lstm</c>.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | target | `Single` | the value of a time step; NaN where it is missing |
    /// | series | text, key or number | the series of a row; none for one series |
    /// | time | number or time | the time of a row, rising within each series; none where rows are in order |
    /// | `Forecast` | `Vector<Single, Horizon>` | the forecasts for the rows that follow a row in its series |
    ///
    /// The table has a row for each time step of each series, in order of time. Targets that are missing (NaN) are not learned and not
    /// guessed.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | forecasting, with the squared error as loss |
    /// | Is normalization required? | No: the trainer scales each series |
    /// | Is caching required? | No: the data is read once and kept in memory |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>ITransformer model = ml.Forecasting.Trainers.Gru("Sales", horizon: 12, "Shop", "Month").Fit(data);</code>
    /// </example>
    /// <param name="catalog">The trainer catalog, <c>MLContext.Forecasting.Trainers</c>.</param>
    /// <param name="targetColumnName">The name of the column to forecast, a <see cref="float"/>.</param>
    /// <param name="horizon">The number of steps to forecast. Between 1 and 65536.</param>
    /// <param name="seriesColumnName">The name of the column with the series of a row. Default: <see langword="null"/>, one series.</param>
    /// <param name="timeColumnName">The name of the column with the time of a row. Default: <see langword="null"/>; rows are in
    /// order.</param>
    /// <param name="contextLength">The number of recent rows that a forecast looks back on in training. Between 1 and 1048576.
    /// Default: 48.</param>
    /// <param name="hiddenSize">The number of hidden units of the layer. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>; the trainer
    /// chooses it.</param>
    /// <param name="learningRate">The maximum learning rate of Adam. Above 0. Default: <see langword="null"/>; the trainer chooses
    /// it.</param>
    /// <param name="progress">Receives the progress of the training. Default: <see langword="null"/>.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ForecastTrainer Gru(
        this ForecastingCatalog.Forecasters catalog, string targetColumnName, int horizon, string? seriesColumnName = null,
        string? timeColumnName = null, int contextLength = 48, int hiddenSize = 64, int? numberOfEpochs = null,
        float? learningRate = null, IProgress<TrainingProgress>? progress = null) =>
        Recurrent(catalog, Options(
            new GruLayer(hiddenSize) { Dropout = Dropout }, targetColumnName, horizon, seriesColumnName, timeColumnName, contextLength,
            numberOfEpochs, learningRate, progress));

    /// <summary>Creates a trainer that forecasts series, with all options.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | target | `Single` | the value of a time step; NaN where it is missing |
    /// | series | text, key or number | the series of a row; none for one series |
    /// | time | number or time | the time of a row, rising within each series; none where rows are in order |
    /// | past, known ahead | number, Boolean, `Vector<Single, F>` or key | values known up to a row, or for the horizon, too |
    /// | static | as above | one value for each series |
    /// | `Forecast` | `Vector<Single, Horizon>` | the forecasts for the rows that follow a row; with several targets [Horizon, targets] |
    /// | `Quantiles` | `Vector<Single, Horizon, Q>` | with quantiles; with several targets [Horizon, targets, Q] |
    ///
    /// The table has a row for each time step of each series, in order of time. Targets that are missing (NaN) are not learned and not
    /// guessed.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | forecasting, with the squared, absolute or pinball loss |
    /// | Is normalization required? | No: the trainer scales each series |
    /// | Is caching required? | No: the data is read once and kept in memory |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>
    /// ITransformer model = ml.Forecasting.Trainers.Recurrent(new ForecastOptions
    /// {
    ///     TargetColumnNames = ["Sales"],
    ///     SeriesColumnName = "Shop",
    ///     Horizon = 12,
    ///     Quantiles = [0.1, 0.5, 0.9],
    /// }).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog">The trainer catalog, <c>MLContext.Forecasting.Trainers</c>.</param>
    /// <param name="options">The options. They are copied.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A name is missing, or a column is named twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ForecastTrainer Recurrent(this ForecastingCatalog.Forecasters catalog, ForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(CatalogEnvironment.Of(catalog), options);
    }

    private static ForecastOptions Options(
        RecurrentLayer layer, string targetColumnName, int horizon, string? seriesColumnName, string? timeColumnName, int contextLength,
        int? numberOfEpochs, float? learningRate, IProgress<TrainingProgress>? progress)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(targetColumnName);
        var options = new ForecastOptions
        {
            TargetColumnNames = [targetColumnName],
            Horizon = horizon,
            SeriesColumnName = seriesColumnName,
            TimeColumnName = timeColumnName,
            ContextLength = contextLength,
            Layers = [layer],
            Progress = progress,
        };
        if (numberOfEpochs is { } epochs)
            options.NumberOfEpochs = epochs;
        if (learningRate is { } rate)
            options.LearningRate = rate;
        return options;
    }
}
