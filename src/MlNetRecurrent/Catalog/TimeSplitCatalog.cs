using System.Diagnostics.CodeAnalysis;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Splits;
using static Microsoft.ML.DataOperationsCatalog;

namespace Microsoft.ML;

/// <summary>
/// Splits tables in the order of time. <c>TrainTestSplit</c> and <c>CrossValidate</c> choose rows at random: windows created afterwards
/// would contain rows that are not consecutive, and a model would be tested on rows between its training rows.
/// </summary>
/// <remarks>
/// <para>
/// The rows of each group must be in the order of time, oldest first. They are read once or twice to find the split. The parts read the
/// table again and keep its order. Split before <c>SlidingWindow</c> and <c>GroupIntoSequences</c>.
/// </para>
/// <para>
/// A window of w rows with horizon h needs the w - 1 + h rows before its row. The test part starts without earlier rows, so
/// <c>SlidingWindow</c> leaves out its first rows. To keep them, set <c>numberOfContextRows</c> to w - 1 + h. The test part then starts
/// with this number of training rows of each group. Context rows get no windows; the first test row does.
/// </para>
/// </remarks>
public static class TimeSplitCatalog
{
    private const int Most = 1 << 20;

    /// <summary>Splits a table by a fraction: the last rows, or the last rows of each group, are the test part.</summary>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks"/>
    /// <example>
    /// <code>TrainTestData split = ml.Data.TimeSplit(data, testFraction: 0.2, orderColumnName: "Date", numberOfContextRows: 14);</code>
    /// </example>
    /// <param name="catalog">The data catalog, <c>MLContext.Data</c>.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="testFraction">The fraction of the rows of each group in the test part. Above 0 and below 1. Default: 0.1.</param>
    /// <param name="orderColumnName">The name of a column that must not decrease from row to row within a group: a number, a key or a time.
    /// Rows with the same value stay together. Default: <see langword="null"/>; the order is not checked.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. Each group is split
    /// separately. Default: <see langword="null"/>; all rows are one group.</param>
    /// <param name="numberOfContextRows">The number of training rows per group, the last ones, that are repeated at the start of
    /// the test part. Between 0 and 1048576. Default: 0.</param>
    /// <returns>The training part and the test part.</returns>
    /// <exception cref="ArgumentException">A column name is empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A numeric argument is out of range, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">Rows are out of order, a value in the order column is missing, or a part is
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

    /// <summary>Splits a table at a point in time, which is the same for all groups.</summary>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks"/>
    /// <example>
    /// <code>TrainTestData split = ml.Data.TimeSplit(data, new DateTime(2025, 1, 1), orderColumnName: "Date");</code>
    /// </example>
    /// <param name="catalog">The data catalog, <c>MLContext.Data</c>.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="testStart">The start of the test part. Rows before it are the training part.</param>
    /// <param name="orderColumnName">The name of the time column, a <see cref="DateTime"/>. It must not decrease from row to row within a
    /// group.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. The order is checked
    /// within each group. Default: <see langword="null"/>; all rows are one group.</param>
    /// <param name="numberOfContextRows">The number of training rows per group, the last ones, that are repeated at the start of
    /// the test part. Between 0 and 1048576. Default: 0.</param>
    /// <returns>The training part and the test part.</returns>
    /// <exception cref="ArgumentException">A column name is empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A numeric argument is out of range, or a column is missing or has the wrong
    /// type.</exception>
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
    /// Splits a table for cross-validation with a rolling origin (Tashman, 2000): each fold is tested on the rows that follow its training
    /// rows.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The last rows of each group are divided into consecutive test parts of equal size, one per fold. Each fold is trained on all rows
    /// before its test part, as in scikit-learn's <c>TimeSeriesSplit</c>.
    /// </para>
    /// <inheritdoc cref="TimeSplitCatalog" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// double[] errors = ml.Data.RollingOriginSplit(data, numberOfFolds: 5, orderColumnName: "Date", numberOfContextRows: 7)
    ///     .Select(fold =&gt; ml.Regression.Evaluate(pipeline.Fit(fold.TrainSet).Transform(fold.TestSet)).RootMeanSquaredError)
    ///     .ToArray();
    /// </code>
    /// </example>
    /// <param name="catalog">The data catalog, <c>MLContext.Data</c>.</param>
    /// <param name="data">The table, the oldest rows first.</param>
    /// <param name="numberOfFolds">The number of folds. In a group of n rows, each test part has n / (numberOfFolds + 1) rows, rounded
    /// down. Between 1 and 1048576. Default: 5.</param>
    /// <param name="orderColumnName">The name of a column that must not decrease from row to row within a group: a number, a key or a time.
    /// Rows with the same value stay together. Default: <see langword="null"/>; the order is not checked.</param>
    /// <param name="groupColumnName">The name of a scalar column that identifies groups of rows, such as an entity. Each group is split
    /// separately. Default: <see langword="null"/>; all rows are one group.</param>
    /// <param name="numberOfContextRows">The number of training rows per group, the last ones, that are repeated at the start of
    /// each test part. Between 0 and 1048576. Default: 0.</param>
    /// <returns>The folds, the one with the fewest training rows first.</returns>
    /// <exception cref="ArgumentException">A column name is empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A numeric argument is out of range, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">Rows are out of order, a value in the order column is missing, or a part is
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
        OptionCheck.ThatNameIsNotEmpty(groupColumnName);
        OptionCheck.ThatNameIsNotEmpty(orderColumnName);
        bool isInRange = numberOfContextRows is >= 0 and <= Most;
        OptionCheck.That(isInRange, nameof(numberOfContextRows), numberOfContextRows, "between 0 and 1048576");
        return new(data, groupColumnName, orderColumnName, numberOfContextRows);
    }
}
