using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Sequences.Groups;

namespace Microsoft.ML;

/// <summary>Transforms that create sequences from tables, and transforms of sequences. They are saved with their pipeline.</summary>
public static partial class SequenceCatalog
{
    private const int Most = TransformFile.MostSteps;

    /// <summary>
    /// Creates a sliding window for each row of a table in the order of time. The window is a <c>Vector&lt;Single, windowSize, F&gt;</c>,
    /// the oldest row first, where F is the total number of values in the input columns.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A window ends <paramref name="horizon"/> rows before the row it belongs to. That row is the target of the prediction: any of its
    /// columns can be the label. With a horizon of 0, the window ends with its own row and contains the row's values in the input columns,
    /// so the label must not be one of them. Rows without a window are left out. The rows of several groups can be mixed; a window contains
    /// rows of one group only. To forecast beyond the end of a table, append <paramref name="horizon"/> rows with missing values for each
    /// group.
    /// </para>
    /// <para>
    /// A <c>PredictionEngine</c> receives one row at a time and remembers the rows. For each row, it returns the prediction of the window
    /// that ends with that row, which is a forecast <paramref name="horizon"/> rows ahead. An engine starts without rows. It remembers
    /// every row that it receives, including rows with missing values. A row that cannot be read, or that the transform rejects because of
    /// its group or order (for example a missing group or a row out of order), is not remembered; the engine continues with the next row.
    /// Until a group has enough rows for a window, its windows are NaN, and so are the scores of a recurrent network that reads them (see
    /// <see cref="WindowStart"/>).
    /// </para>
    /// <para>
    /// In an engine, windows end with the current row, whatever their horizon. Creating an engine therefore fails if windows with different
    /// horizons are combined. A model that reads windows with a horizon must not read other columns of the target row either, because an
    /// engine does not know them.
    /// </para>
    /// <para>
    /// Do not use a pool of engines: a pool mixes the rows of its callers. Instead, add a column with the user or the device, pass it as
    /// <paramref name="groupColumnName"/>, and share one engine of <see cref="SequenceEngineCatalog"/>. Any number of threads can use that
    /// engine, and it can forget, save and load the rows.
    /// </para>
    /// <para>
    /// A second window transform in a pipeline only sees the rows that the first one keeps. Use <see cref="WindowStart.Pad"/> and a stride
    /// of 1 for the first one, or create both windows with one transform.
    /// </para>
    /// <para>
    /// The slots are named by column and lag, such as <c>Wind[t-3]</c>. The rows are read once, in their order; memory holds the last rows
    /// of each group. Cross-validation must keep consecutive rows together: pass the group as <c>samplingKeyColumnName</c>, or split in the
    /// order of time with <see cref="TimeSplitCatalog"/>.
    /// </para>
    /// <inheritdoc cref="SlidingWindowEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.SlidingWindow("Features", ["Sales", "Visitors"], windowSize: 14, horizon: 1)
    ///     .Append(ml.Regression.Trainers.Gru("Sales"));
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnNames">The names of the input columns, <see cref="float"/> or vectors of <see cref="float"/> of known
    /// size.</param>
    /// <param name="windowSize">The number of rows per window. Between 1 and 1048576.</param>
    /// <param name="stride">The distance between the starts of consecutive windows of a group, in rows. Between 1 and 1048576. The stride
    /// also applies when scoring, which logs a warning; <see cref="SlidingWindowOptions.StrideInTrainingOnly"/> keeps all windows there. A
    /// <c>PredictionEngine</c> ignores the stride. Default: 1.</param>
    /// <param name="horizon">The distance from the last row of a window to the row that the window belongs to, in rows. Between 0 and
    /// 1048576. Default: 0.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. A row with a missing
    /// value in it (a missing key, NaN or an empty text) is an error. Default: <see langword="null"/>; all rows are one group.</param>
    /// <param name="start">The treatment of rows with too few rows before them. The first <paramref name="horizon"/> rows of a group never
    /// have a window and are always left out. Default: <see cref="WindowStart.Drop"/>.</param>
    /// <param name="orderColumnName">The name of a column that must increase from row to row within a group: a number, a time, or a key
    /// with ordered values. Decreasing, equal and missing values are errors. Default: <see langword="null"/>; the order is not
    /// checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or there is no input column.</exception>
    public static SlidingWindowEstimator SlidingWindow(
        this TransformsCatalog catalog,
        string outputColumnName,
        string[] inputColumnNames,
        int windowSize,
        int stride = 1,
        int horizon = 0,
        string? groupColumnName = null,
        WindowStart start = WindowStart.Drop,
        string? orderColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        OptionCheck.ThatNameIsNotEmpty(groupColumnName);
        OptionCheck.ThatNameIsNotEmpty(orderColumnName);
        OptionCheck.That(windowSize is >= 1 and <= Most, nameof(windowSize), windowSize, "between 1 and 1048576");
        OptionCheck.That(stride is >= 1 and <= Most, nameof(stride), stride, "between 1 and 1048576");
        OptionCheck.That(horizon is >= 0 and <= Most, nameof(horizon), horizon, "between 0 and 1048576");
        OptionCheck.That(Enum.IsDefined(start), nameof(start), start, "Drop or Pad");
        return new(CatalogEnvironment.Of(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnNames = OptionCheck.ThatNamesAreGiven(inputColumnNames, nameof(inputColumnNames)),
            WindowSize = windowSize,
            Stride = stride,
            Horizon = horizon,
            GroupColumnName = groupColumnName,
            Start = start,
            OrderColumnName = orderColumnName,
            AllowsOrderTies = false,
        });
    }

    /// <inheritdoc
    ///   cref="SlidingWindow(TransformsCatalog, string, string[], int, int, int, string?, WindowStart, string?)"
    ///   path="/*[self::summary or self::remarks]"/>
    /// <example>
    /// <code>
    /// var window = ml.Transforms.SlidingWindow(new SlidingWindowOptions
    /// {
    ///     InputColumnNames = ["Sales"], WindowSize = 14, Horizon = 1, GroupColumnName = "Shop", OrderColumnName = "Date",
    /// });
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, there is no input column, both order intervals are
    /// set, or one is set without an order column.</exception>
    public static SlidingWindowEstimator SlidingWindow(this TransformsCatalog catalog, SlidingWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(CatalogEnvironment.Of(catalog), options.ToSettings());
    }

    /// <summary>
    /// Groups the rows of a table: each group becomes one row, and its columns become sequences with one step per row of the group. The
    /// result has the group column, the sequences under their own names, and the scalars. Other columns are left out.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A scalar column becomes a vector. A vector column of F values becomes a <c>Vector&lt;…, *, F&gt;</c>. Keys keep their values. The
    /// groups are in the order of their first rows. Cross-validation must keep the rows of a group together: pass the group as
    /// <c>samplingKeyColumnName</c>.
    /// </para>
    /// <para>
    /// A <c>PredictionEngine</c> receives one row at a time and remembers the rows. A row that cannot be read, or that the transform
    /// rejects because of its group or order (for example a missing group or a row out of order), is not remembered. For each row, the
    /// engine returns the prediction for the sequences of its group so far. A pool of engines mixes the rows of its callers; share one
    /// engine of <see cref="SequenceEngineCatalog"/> instead, which can forget, save and load the rows.
    /// </para>
    /// <inheritdoc cref="SequenceGroupingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.GroupIntoSequences("Customer", orderColumnName: "Date", ["Spent"], scalarColumnNames: ["Returned"])
    ///     .Append(ml.BinaryClassification.Trainers.Gru("Returned", "Spent"));
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="groupColumnName">The name of the scalar column that identifies the group of a row. A row with a missing value in it (a
    /// missing key, NaN or an empty text) is an error.</param>
    /// <param name="orderColumnName">The name of the column that orders the rows of a group: a number, a time, or a key with ordered
    /// values. Equal and missing values are errors. <see langword="null"/> keeps the order of the data.</param>
    /// <param name="sequenceColumnNames">The names of the columns that become sequences.</param>
    /// <param name="scalarColumnNames">The names of the columns that keep the value of the last row of each group, such as a label.
    /// Default: <see langword="null"/>, no such columns.</param>
    /// <param name="checkOrder">Whether rows of a group that are out of order are an error. Otherwise they are sorted.
    /// Default: <see langword="false"/>.</param>
    /// <param name="groupsAreContiguous">Whether the rows of each group are consecutive. Memory then holds two groups and all group names
    /// instead of all rows. Scattered groups are then an error. Default: <see langword="false"/>.</param>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, there is no sequence column, a column is named
    /// twice, or the order is to be checked without an order column.</exception>
    public static SequenceGroupingEstimator GroupIntoSequences(
        this TransformsCatalog catalog,
        string groupColumnName,
        string? orderColumnName,
        string[] sequenceColumnNames,
        string[]? scalarColumnNames = null,
        bool checkOrder = false,
        bool groupsAreContiguous = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(groupColumnName);
        OptionCheck.ThatNameIsNotEmpty(orderColumnName);
        if (checkOrder && orderColumnName is null)
            throw new ArgumentException("There is no order to check without a column that says it.", nameof(checkOrder));
        var settings = new GroupingSettings
        {
            GroupColumnName = groupColumnName,
            OrderColumnName = orderColumnName,
            SequenceColumnNames = OptionCheck.ThatNamesAreGiven(sequenceColumnNames, nameof(sequenceColumnNames)),
            ScalarColumnNames = scalarColumnNames is null or []
                ? []
                : OptionCheck.ThatNamesAreGiven(scalarColumnNames, nameof(scalarColumnNames)),
            ChecksOrder = checkOrder,
            GroupsAreContiguous = groupsAreContiguous,
            AllowsOrderTies = false,
        };
        if (settings.OutputColumnNames().GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is named twice among the group, the sequences and the scalars.");
        return new(CatalogEnvironment.Of(catalog), settings);
    }

    /// <inheritdoc
    ///   cref="GroupIntoSequences(TransformsCatalog, string, string?, string[], string[], bool, bool)"
    ///   path="/*[self::summary or self::remarks]"/>
    /// <example>
    /// <code>
    /// var groups = ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
    /// {
    ///     GroupColumnName = "Customer", SequenceColumnNames = ["Spent"], MissingGroups = MissingRowAction.Drop,
    /// });
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, there is no sequence column, a column is named
    /// twice, or the order is to be checked without an order column.</exception>
    public static SequenceGroupingEstimator GroupIntoSequences(this TransformsCatalog catalog, GroupIntoSequencesOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(CatalogEnvironment.Of(catalog), options.ToSettings());
    }

    private static IHostEnvironment Environment(TransformsCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return CatalogEnvironment.Of(catalog);
    }

    private static int CheckFeatures(int numberOfFeatures)
    {
        OptionCheck.That(numberOfFeatures is >= 0 and <= Most, nameof(numberOfFeatures), numberOfFeatures, "between 0 and 1048576");
        return numberOfFeatures;
    }
}
