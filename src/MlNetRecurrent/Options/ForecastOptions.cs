namespace MlNetRecurrent;

/// <summary>
/// The options of a forecasting trainer. They are checked and copied when the trainer is created. See
/// <see cref="Microsoft.ML.RecurrentForecastingCatalog"/>.
/// </summary>
public sealed partial class ForecastOptions : TrainingOptions
{
    /// <summary>The names of the columns to forecast, each a <see cref="float"/>; NaN is a missing value. Required. Default:
    /// none.</summary>
    /// <remarks>A missing value is not learned and not guessed. Forecasts before the first value of a series are NaN, except with
    /// <see cref="ForecastScaling.None"/>; those after zeros alone are zero.</remarks>
    public IReadOnlyList<string> TargetColumnNames { get; set; } = [];

    /// <summary>
    /// The names of further columns that are known up to the row of a forecast: numbers, Booleans, vectors of numbers of known size, or
    /// keys, which are read as one-hot (a missing key as zeros). The last value stands for a missing one (NaN). Default: none.
    /// </summary>
    public IReadOnlyList<string> PastColumnNames { get; set; } = [];

    /// <summary>
    /// The names of columns that are known for the rows of the horizon, too, such as the calendar, prices or a plan. Types as in
    /// <see cref="PastColumnNames"/>. Default: none.
    /// </summary>
    /// <remarks>
    /// A forecast reads them from the rows that follow. To forecast beyond the last value, append rows with missing targets (NaN) and the
    /// known values. A step of the horizon whose row does not exist, or lacks one of these values, is forecast as NaN.
    /// </remarks>
    public IReadOnlyList<string> KnownAheadColumnNames { get; set; } = [];

    /// <summary>
    /// The names of columns with one value for each series: numbers, Booleans, vectors of numbers of known size, or keys, which become
    /// learned vectors. Default: none.
    /// </summary>
    public IReadOnlyList<string> StaticColumnNames { get; set; } = [];

    /// <summary>
    /// The name of the column with the series of a row: a text, a key or a number. Default: <see langword="null"/>, one series.
    /// </summary>
    public string? SeriesColumnName { get; set; }

    /// <summary>
    /// The name of the column with the time of a row: a number or a time. It must rise within each series; gaps are logged as a warning.
    /// Default: <see langword="null"/>; the rows of a series are in order, at equal intervals.
    /// </summary>
    public string? TimeColumnName { get; set; }

    /// <summary>
    /// The number of recent rows that training lets a forecast look back on, and over which the scales of a series are computed. Between 1
    /// and 1048576. Default: 48.
    /// </summary>
    /// <remarks>
    /// Take one or two seasons: 24 to 48 for months, 48 to 336 for hours. The network carries its state from row to row; a trained model
    /// reads all rows of a series before the forecast.
    /// </remarks>
    public int ContextLength { get; set; } = 48;

    /// <summary>The number of steps to forecast. Between 1 and 65536. Default: 1.</summary>
    public int Horizon { get; set; } = 1;

    /// <summary>
    /// The quantiles to forecast, rising, each above 0 and below 1, such as 0.1, 0.5 and 0.9. The forecast is then the median. Quantiles
    /// never cross. Default: none; the model forecasts one value.
    /// </summary>
    public IReadOnlyList<double> Quantiles { get; set; } = [];

    /// <summary>The loss without <see cref="Quantiles"/>. Default: <see cref="ForecastLoss.SquaredError"/>.</summary>
    public ForecastLoss Loss { get; set; } = ForecastLoss.SquaredError;

    /// <summary>The scaling of each series. Default: <see cref="ForecastScaling.LastValue"/>.</summary>
    public ForecastScaling Scaling { get; set; } = ForecastScaling.LastValue;

    /// <summary>
    /// The recurrent layers, from the input to the output. All must be unidirectional, with a <see cref="RecurrentLayer.TimeReduction"/> of
    /// 1 and without stacks. Default: one <see cref="LstmLayer"/> of 64 units with a dropout of 0.2.
    /// </summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; set; } = [new LstmLayer(64) { Dropout = 0.2f }];

    /// <summary>
    /// The number of units of the layer that combines the state with the values known ahead. Between 1 and 65536. Default: 32.
    /// </summary>
    public int DecoderSize { get; set; } = 32;

    /// <summary>The size of the learned vector of a key in <see cref="StaticColumnNames"/>. Between 1 and 65536. Default: 8.</summary>
    public int EmbeddingSize { get; set; } = 8;

    /// <summary>
    /// The fraction of the rows of each series, its last ones, whose targets are held out for validation. The result is then the network of
    /// the epoch with the smallest validation loss. At least 0 and below 1. Default: 0; all rows are learned from.
    /// </summary>
    public double ValidationFraction { get; set; }

    /// <summary>
    /// The number of consecutive epochs without a smaller validation loss after which training stops. At least 0; 0 trains all epochs.
    /// Default: 0.
    /// </summary>
    public int EarlyStoppingPatience { get; set; }

    /// <summary>Returns one line about the options: the targets, the horizon and the layers.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"{string.Join(", ", TargetColumnNames)}, {Horizon} steps ahead: {string.Join(", ", Layers.Select(layer => layer.ToString()))}";

    /// <summary>The names of all columns that are read.</summary>
    internal IEnumerable<string> ColumnNames =>
    [
        .. TargetColumnNames, .. PastColumnNames, .. KnownAheadColumnNames, .. StaticColumnNames,
        .. new[] { SeriesColumnName, TimeColumnName }.OfType<string>(),
    ];

    internal ForecastOptions Copy()
    {
        var copy = (ForecastOptions)MemberwiseClone();
        copy.TargetColumnNames = TargetColumnNames is null ? null! : [.. TargetColumnNames];
        copy.PastColumnNames = PastColumnNames is null ? null! : [.. PastColumnNames];
        copy.KnownAheadColumnNames = KnownAheadColumnNames is null ? null! : [.. KnownAheadColumnNames];
        copy.StaticColumnNames = StaticColumnNames is null ? null! : [.. StaticColumnNames];
        copy.Quantiles = Quantiles is null ? null! : [.. Quantiles];
        copy.Layers = Layers is null ? null! : [.. Layers];
        copy.IgnoredWarnings = IgnoredWarnings is null ? null! : [.. IgnoredWarnings];
        return copy;
    }
}
