using Microsoft.ML.Runtime;
using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <summary>Transforms that make sequences of tables, and of sequences others. All of them are saved with the pipeline that they stand in.</summary>
public static partial class SequenceCatalog
{
    private const int Most = TransformFile.MostSteps;

    /// <summary>
    /// Gives each row of a table, which is in the order of time, a window of rows: <c>Vector&lt;Single, windowSize, F&gt;</c>, the oldest row first, where F is the number of numbers in the input columns.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A window ends <paramref name="horizon"/> rows before the row that it stands beside: that row is what is to be predicted, and any column of it, as it is, may be the label. With a horizon of 0 the window ends with the row itself, and holds what
    /// the row has in the input columns, so that these must not be the label. Rows without a window are left out. Groups may be mixed; windows hold rows of one only. To forecast beyond the end of a table in a view, append as many rows as the horizon has, for each group, with missing values.
    /// </para>
    /// <para>
    /// A <c>PredictionEngine</c> is fed one row after the other, remembers them, and gives each the window that ends with it, so that what
    /// is predicted is <paramref name="horizon"/> rows ahead. An engine begins without rows, and keeps each row that it was fed, one with a
    /// missing value too. A row that cannot be read or is refused is not kept, and the engine goes on with the next one. Until a group has
    /// enough rows for a window, its windows are NaN, and so are the scores of a recurrent network that reads them (see
    /// <see cref="WindowStart"/>). Since windows end with the row that is fed whatever their horizon, an engine is refused where windows of
    /// several horizons meet; neither must a model that reads windows with a horizon also read other columns of the row to be predicted, which an engine does not know.
    /// </para>
    /// <para>
    /// A pool of engines hands any engine, and with it the rows of others, to any caller. Make the user or device a column, name it as
    /// <paramref name="groupColumnName"/>, and share one engine of <see cref="SequenceEngineCatalog"/>,
    /// which any number of threads may use, and which can forget, save and load the rows.
    /// </para>
    /// <para>A second window in a pipeline sees the rows that the first one kept: give the first one <see cref="WindowStart.Pad"/> and a stride of 1, or cut both at once.</para>
    /// <para>The slots are named after column and lag: <c>Wind[t-3]</c>. Rows are read in their order and once; memory holds the last rows
    /// of each group. Cross-validation must not take rows out of the midst of others: give it the group as <c>samplingKeyColumnName</c>, or
    /// split in the order of time with <see cref="TimeSplitCatalog"/>.</para>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | `Single`, or vectors of it of known size |
    /// | Output column data type | `Vector<Single, windowSize, F>` |
    /// | Exportable to ONNX | No: windows are cut in ML.NET |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the windows.</param>
    /// <param name="inputColumnNames">The columns of a row, <see cref="float"/> or vectors of known size.</param>
    /// <param name="windowSize">The rows of a window. Between 1 and 1048576.</param>
    /// <param name="stride">One window in so many is kept, in each group. Between 1 and 1048576. Rows that are scored are thinned as well,
    /// which a warning says; <see cref="SlidingWindowOptions.StrideInTrainingOnly"/> scores them all. A <c>PredictionEngine</c> gets them
    /// all. Default: 1.</param>
    /// <param name="horizon">How many rows before the row that it stands beside a window ends. Between 0 and 1048576. Default: 0.</param>
    /// <param name="groupColumnName">A scalar column, such as an entity, whose values are not mixed in a window; a row where it is missing
    /// (a missing key, NaN, an empty text) is an error. <see langword="null"/> where all rows belong together.
    /// Default: <see langword="null"/>.</param>
    /// <param name="start">What is done with rows that have not enough rows before them. The first <paramref name="horizon"/> rows of a group have none and are left out in any case. Default: <see cref="WindowStart.Drop"/>.</param>
    /// <param name="orderColumnName">A column (a number or a time, or a key whose values are in order) that must rise from row to row of a
    /// group; another order, equal rows and missing values are errors. <see langword="null"/> to take rows as they come.
    /// Default: <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty, or there is none.</exception>
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
        if (groupColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(groupColumnName);
        if (orderColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(orderColumnName);
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

    /// <inheritdoc cref="SlidingWindow(TransformsCatalog, string, string[], int, int, int, string?, WindowStart, string?)" path="/remarks"/>
    /// <inheritdoc cref="SlidingWindow(TransformsCatalog, string, string[], int, int, int, string?, WindowStart, string?)" path="/summary"/>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty, or there is none.</exception>
    public static SlidingWindowEstimator SlidingWindow(this TransformsCatalog catalog, SlidingWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(CatalogEnvironment.Of(catalog), options.ToSettings());
    }

    /// <summary>
    /// Makes a row of each group of rows: columns become sequences, with one step for each row. The columns that come out are the group, the sequences under their own names, and the scalars; others are left out.
    /// </summary>
    /// <remarks>
    /// A scalar becomes a vector, a vector of F numbers <c>Vector&lt;…, *, F&gt;</c>; keys keep their values. Groups come in the order of their first rows. A <c>PredictionEngine</c> is fed one row after the other, remembers them, and gives each the
    /// sequences of its group as they are so far: it remembers all rows, but those that cannot be read or are refused. A pool of engines
    /// mixes the rows of its users; share one engine of <see cref="SequenceEngineCatalog"/> instead, which can forget, save and load them.
    /// Cross-validation must not part the rows of a group: give it the group as <c>samplingKeyColumnName</c>.
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | any scalar, or vectors of known size that hold no keys |
    /// | Output column data type | vectors of the same items, of a step a row |
    /// | Exportable to ONNX | No: groups are made in ML.NET |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="groupColumnName">The scalar column that says to which group a row belongs. A row where it is missing (a missing key,
    /// NaN, an empty text) is an error.</param>
    /// <param name="orderColumnName">The column (a number or a time, or a key whose values are in order) that says how the rows of a group
    /// follow one another; equal rows and missing values are errors. <see langword="null"/> for the order of the data.</param>
    /// <param name="sequenceColumnNames">The columns that become sequences.</param>
    /// <param name="scalarColumnNames">The columns of which each group keeps the value of its last row, such as a label; <see langword="null"/> for none. Default: <see langword="null"/>.</param>
    /// <param name="checkOrder">Whether rows of a group that are out of order are an error; otherwise they are sorted.
    /// Default: <see langword="false"/>.</param>
    /// <param name="groupsAreContiguous">Whether the rows of a group follow one another, so that memory holds two groups at a time, and the names of all, rather than all rows. Data where they do not is an error then. Default: <see langword="false"/>.</param>
    /// <exception cref="ArgumentException">The name of a column is null or empty, there is none, or a column is named twice.</exception>
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
        if (orderColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(orderColumnName);
        if (checkOrder && orderColumnName is null)
            throw new ArgumentException("There is no order to check without a column that says it.", nameof(checkOrder));
        var settings = new GroupingSettings
        {
            GroupColumnName = groupColumnName,
            OrderColumnName = orderColumnName,
            SequenceColumnNames = OptionCheck.ThatNamesAreGiven(sequenceColumnNames, nameof(sequenceColumnNames)),
            ScalarColumnNames = scalarColumnNames is null or [] ? [] : OptionCheck.ThatNamesAreGiven(scalarColumnNames, nameof(scalarColumnNames)),
            ChecksOrder = checkOrder,
            GroupsAreContiguous = groupsAreContiguous,
            AllowsOrderTies = false,
        };
        if (settings.OutputColumnNames().GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is named twice among the group, the sequences and the scalars.");
        return new(CatalogEnvironment.Of(catalog), settings);
    }

    /// <inheritdoc cref="GroupIntoSequences(TransformsCatalog, string, string?, string[], string[], bool, bool)" path="/remarks"/>
    /// <inheritdoc cref="GroupIntoSequences(TransformsCatalog, string, string?, string[], string[], bool, bool)" path="/summary"/>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">The columns and all other options.</param>
    /// <exception cref="ArgumentException">The name of a column is null or empty, there is none, or a column is named twice.</exception>
    public static SequenceGroupingEstimator GroupIntoSequences(this TransformsCatalog catalog, GroupIntoSequencesOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(CatalogEnvironment.Of(catalog), options.ToSettings());
    }

    /// <summary>
    /// Makes keys of the characters of a text, one a step, which a recurrent trainer takes as tokens. The characters are learned from the data; one that did not occur there is a missing key. Unlike ML.NET's <c>TokenizeIntoCharactersAsKeys</c>, which adds marks by default, it adds none.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | Yes |
    /// | Input column data type | text |
    /// | Output column data type | vector of keys |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the keys.</param>
    /// <param name="inputColumnName">The column of the texts; <see langword="null"/> for <paramref name="outputColumnName"/>. Default: <see langword="null"/>.</param>
    /// <param name="maximumNumberOfKeys">The number of characters that have a key, the most frequent ones. Between 1 and 1114112. Default: 10000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    public static CharacterTokenizingEstimator TokenizeIntoCharacters(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, int maximumNumberOfKeys = 10_000)
    {
        OptionCheck.That(maximumNumberOfKeys is >= 1 and <= CharacterTokens.MostKeys, nameof(maximumNumberOfKeys), maximumNumberOfKeys, "between 1 and 1114112");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            MaximumNumberOfKeys = maximumNumberOfKeys,
        });
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
