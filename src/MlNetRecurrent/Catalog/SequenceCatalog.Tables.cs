using MlNetRecurrent;
using MlNetRecurrent.Checks;

namespace Microsoft.ML;

/// <content>Transforms of tables of time whose rows depend on others.</content>
public static partial class SequenceCatalog
{
    /// <summary>
    /// Fills missing values (NaN) of a table in the order of time from other rows of the same group: with the last known value, or with
    /// values on the line between known ones.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each slot of a vector is filled by itself. Values before the first known value of a group are filled with
    /// <see cref="FillMissingValuesOptions.InitialValue"/>, or stay NaN. The rows are read once, in their order; memory holds the last
    /// values of each group. To interpolate, they are read once more before that, and memory holds the missing values.
    /// </para>
    /// <para>
    /// A <c>PredictionEngine</c> remembers the last values of each group, as <c>SlidingWindow</c> does its rows; share one engine of
    /// <see cref="SequenceEngineCatalog"/>, which can forget, save and load them. An engine cannot interpolate, because it does not know
    /// later rows: creating one fails. Interpolate the data in a pipeline of its own if the model is to be used in an engine.
    /// </para>
    /// <inheritdoc cref="MissingValueFillingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var filled = ml.Transforms.FillMissingValues("Temperature", groupColumnName: "Station", orderColumnName: "Date");
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the input column, <see cref="float"/> or a vector of it of known size.
    /// Default: <see langword="null"/>, which means <paramref name="outputColumnName"/>.</param>
    /// <param name="fill">The value that replaces a missing one. Default: <see cref="MissingValueFill.Forward"/>.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. A row with a missing
    /// value in it (a missing key, NaN or an empty text) is an error. Default: <see langword="null"/>; all rows are one group.</param>
    /// <param name="orderColumnName">The name of a column that must increase from row to row within a group: a number, a time, or a key
    /// with ordered values. Decreasing, equal and missing values are errors. <see cref="MissingValueFill.InterpolateByOrder"/> needs it.
    /// Default: <see langword="null"/>; the order is not checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or an order column is needed.</exception>
    public static MissingValueFillingEstimator FillMissingValues(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        MissingValueFill fill = MissingValueFill.Forward,
        string? groupColumnName = null,
        string? orderColumnName = null) => FillMissingValues(catalog, new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Fill = fill,
            GroupColumnName = groupColumnName,
            OrderColumnName = orderColumnName,
        });

    /// <inheritdoc
    ///   cref="FillMissingValues(TransformsCatalog, string, string?, MissingValueFill, string?, string?)"
    ///   path="/*[self::summary or self::remarks]"/>
    /// <example>
    /// <code>
    /// var filled = ml.Transforms.FillMissingValues(new FillMissingValuesOptions
    /// {
    ///     OutputColumnName = "Temperature", Fill = MissingValueFill.InterpolateByOrder, OrderColumnName = "Date",
    ///     IndicatorColumnName = "TemperatureIsFilled",
    /// });
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, a column is named twice, or an order column is
    /// needed.</exception>
    public static MissingValueFillingEstimator FillMissingValues(this TransformsCatalog catalog, FillMissingValuesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(Environment(catalog), options.ToSettings());
    }

    /// <summary>
    /// Resamples a table to intervals of equal length: each interval of each group becomes one row, with the sum, the mean or another
    /// function of the values in it. Intervals without rows, between the first and the last interval of a group, are added.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The result has the group column, the order column with the beginning of the interval, and the resampled columns; other columns are
    /// left out. Missing values (NaN) do not count; infinite values are errors. In an interval without known values, sums and counts are 0,
    /// all other functions NaN, which <c>FillMissingValues</c> fills.
    /// </para>
    /// <para>
    /// The rows of several groups can be mixed, but those of each group must be in the order of time. A row of the result comes when the
    /// interval is over, so that the rows of a group are in order, but those of several groups are mixed. Memory holds one interval of each
    /// group.
    /// </para>
    /// <para>
    /// The number of rows changes: a <c>PredictionEngine</c>, which gives one prediction for each row, refuses the transform. Resample the
    /// data in a pipeline of its own if the model is to be used in an engine.
    /// </para>
    /// <inheritdoc cref="ResamplingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var hours = ml.Transforms.Resample(
    ///     "Time", TimeSpan.FromHours(1), [new("Sales", ResampleFunction.Sum), new("Price", ResampleFunction.Mean)], "Shop");
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="orderColumnName">The name of the column with the time of a row, a <see cref="DateTime"/> or
    /// <see cref="DateTimeOffset"/>, whose intervals are those of UTC. It must not decrease from row to row within a group. Missing values
    /// are errors.</param>
    /// <param name="interval">The length of an interval. Positive. Intervals begin at the multiples of it since Monday, 0001-01-01, so that
    /// days begin at midnight and weeks on Monday.</param>
    /// <param name="columns">The resampled columns. At least one.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. A row with a missing
    /// value in it (a missing key, NaN or an empty text) is an error. Default: <see langword="null"/>; all rows are one group.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, there is no column, or a column is named
    /// twice.</exception>
    public static ResamplingEstimator Resample(
        this TransformsCatalog catalog,
        string orderColumnName,
        TimeSpan interval,
        IReadOnlyList<ResampledColumn> columns,
        string? groupColumnName = null)
    {
        OptionCheck.That(interval > TimeSpan.Zero, nameof(interval), interval, "positive");
        return Resample(catalog, new()
        {
            OrderColumnName = orderColumnName,
            OrderTimeInterval = interval,
            Columns = columns,
            GroupColumnName = groupColumnName,
        });
    }

    /// <inheritdoc
    ///   cref="Resample(TransformsCatalog, string, TimeSpan, IReadOnlyList{ResampledColumn}, string?)"
    ///   path="/*[self::summary or self::remarks]"/>
    /// <example>
    /// <code>
    /// var tens = ml.Transforms.Resample(new ResampleOptions
    /// {
    ///     OrderColumnName = "Second", OrderInterval = 10, Columns = [new("Speed", ResampleFunction.Max, "TopSpeed")],
    /// });
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, there is no column, a column is named twice, or not
    /// exactly one interval is set.</exception>
    public static ResamplingEstimator Resample(this TransformsCatalog catalog, ResampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(Environment(catalog), options.ToSettings());
    }
}
