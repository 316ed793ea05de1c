using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Splits;
using static Microsoft.ML.DataOperationsCatalog;

namespace Microsoft.ML;

/// <summary>
/// Splits of tables in the order of time. <c>TrainTestSplit</c> and <c>CrossValidate</c> choose rows at random: windows that are cut
/// afterwards would hold rows that do not follow one another, and a model would be tested on rows between those that it
/// was trained on.
/// </summary>
/// <remarks>
/// The rows of each group must be in the order of time, oldest first. They are read once or twice to find where to split; the parts read
/// the table anew and keep its order. Split before <c>SlidingWindow</c> and <c>GroupIntoSequences</c>.
/// A window of w rows with horizon h takes the w - 1 + h rows before its row. The test part begins without a past, so that
/// <c>SlidingWindow</c> leaves out its first rows, unless <c>numberOfContextRows</c> is w - 1 + h: the test part then begins with so
/// many of the last training rows of each group, which get no window themselves, and its first test row has one.
/// </remarks>
public static class TimeSplitCatalog
{
    private const int Most = 1 << 20;

    /// <summary>Splits off the last rows of a table, or of each of its groups, for testing.</summary>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks"/>
    /// <param name="catalog">The data operations of the context.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="testFraction">The part of the rows of each group that is for testing. Above 0 and below 1. Default: 0.1.</param>
    /// <param name="orderColumnName">A column (a number, a key or a time) that must not fall from row to row of a group, and whose rows of
    /// one value stay together; <see langword="null"/> to take rows as they come. Default: <see langword="null"/>.</param>
    /// <param name="groupColumnName">A scalar column, such as an entity, of which each value is split by itself; <see langword="null"/>
    /// where all rows belong together. Default: <see langword="null"/>.</param>
    /// <param name="numberOfContextRows">The last training rows of each group that the test part begins with. Between 0 and 1048576.
    /// Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">Rows are out of order or have no value in the order column, or a part is
    /// empty.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A fraction and a time are never taken for one another.")]
    public static TrainTestData TimeSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        double testFraction = 0.1,
        string? orderColumnName = null,
        string? groupColumnName = null,
        int numberOfContextRows = 0)
    {
        OptionCheck.That(testFraction is > 0 and < 1, nameof(testFraction), testFraction, "above 0 and below 1");
        return Splitter(catalog, data, groupColumnName, orderColumnName, numberOfContextRows).ByShare(testFraction);
    }

    /// <summary>Splits a table at a time, the same for all groups.</summary>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks"/>
    /// <param name="catalog">The data operations of the context.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="testStart">The rows before it are for training, the others for testing.</param>
    /// <param name="orderColumnName">The column of the time, a <see cref="DateTime"/>, that must not fall from row to row of a
    /// group.</param>
    /// <param name="groupColumnName">A scalar column, such as an entity, whose rows follow one another by themselves;
    /// <see langword="null"/> where all rows belong together. Default: <see langword="null"/>.</param>
    /// <param name="numberOfContextRows">The last training rows of each group that the test part begins with. Between 0 and 1048576.
    /// Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">Rows are out of order, or a part is empty.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A fraction and a time are never taken for one another.")]
    public static TrainTestData TimeSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        DateTime testStart,
        string orderColumnName,
        string? groupColumnName = null,
        int numberOfContextRows = 0)
    {
        ArgumentNullException.ThrowIfNull(orderColumnName);
        TimeSplitter splitter = Splitter(catalog, data, groupColumnName, orderColumnName, numberOfContextRows);
        if (data.Schema.GetColumnOrNull(orderColumnName) is { Type: not DateTimeDataViewType } column)
        {
            string message = $"Order column '{orderColumnName}' is {column.Type}; expected DateTime, to split at a time.";
            throw new ArgumentOutOfRangeException(nameof(orderColumnName), column.Type, message);
        }
        return splitter.ByTime(testStart);
    }

    /// <summary>
    /// Splits a table for cross-validation by rolling origin: each fold is tested on the rows that follow those it is trained on (Tashman,
    /// 2000). The last rows of each group are cut into as many test parts of equal size, one after the other,
    /// and each fold is trained on all rows before its test part, as by scikit-learn's <c>TimeSeriesSplit</c>.
    /// </summary>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks"/>
    /// <example>
    /// <code>
    /// double[] errors = ml.Data.RollingOriginSplit(data, numberOfFolds: 5, orderColumnName: "Date", numberOfContextRows: 7)
    ///     .Select(fold =&gt; ml.Regression.Evaluate(pipeline.Fit(fold.TrainSet).Transform(fold.TestSet)).RootMeanSquaredError)
    ///     .ToArray();
    /// </code>
    /// </example>
    /// <param name="catalog">The data operations of the context.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="numberOfFolds">The number of folds: of n rows of a group each test part has n / (folds + 1), rounded down. Between 1
    /// and 1048576. Default: 5.</param>
    /// <param name="orderColumnName">A column (a number, a key or a time) that must not fall from row to row of a group, and whose rows of
    /// one value stay together; <see langword="null"/> to take rows as they come. Default: <see langword="null"/>.</param>
    /// <param name="groupColumnName">A scalar column, such as an entity, of which each value is split by itself; <see langword="null"/>
    /// where all rows belong together. Default: <see langword="null"/>.</param>
    /// <param name="numberOfContextRows">The last training rows of each group that each test part begins with. Between 0 and 1048576.
    /// Default: 0.</param>
    /// <returns>The folds, the one with the fewest training rows first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">Rows are out of order or have no value in the order column, or a part is
    /// empty.</exception>
    public static IReadOnlyList<TrainTestData> RollingOriginSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        int numberOfFolds = 5,
        string? orderColumnName = null,
        string? groupColumnName = null,
        int numberOfContextRows = 0)
    {
        OptionCheck.That(numberOfFolds is >= 1 and <= Most, nameof(numberOfFolds), numberOfFolds, "between 1 and 1048576");
        return Splitter(catalog, data, groupColumnName, orderColumnName, numberOfContextRows).ByRollingOrigin(numberOfFolds);
    }

    private static TimeSplitter Splitter(
        DataOperationsCatalog catalog, IDataView data, string? groupColumnName, string? orderColumnName, int numberOfContextRows)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        if (groupColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(groupColumnName);
        if (orderColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(orderColumnName);
        bool isInRange = numberOfContextRows is >= 0 and <= Most;
        OptionCheck.That(isInRange, nameof(numberOfContextRows), numberOfContextRows, "between 0 and 1048576");
        return new(data, groupColumnName, orderColumnName, numberOfContextRows);
    }
}
