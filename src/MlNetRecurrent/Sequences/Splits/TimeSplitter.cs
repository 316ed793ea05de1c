using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Sequences.Splits;

/// <summary>Splits a table so that the rows of each group that are trained on come before those that are tested on.</summary>
/// <param name="data">The table.</param>
/// <param name="groupColumnName">The column of the groups; null where all rows are one.</param>
/// <param name="orderColumnName">The column that says how the rows of a group follow one another; null to take them as they come.</param>
/// <param name="contextRows">The number of rows of each group that are repeated before its test rows.</param>
internal sealed class TimeSplitter(IDataView data, string? groupColumnName, string? orderColumnName, int contextRows)
{
    private readonly TableScan _scan = new(data, groupColumnName, orderColumnName);

    public TrainTestData ByShare(double testFraction)
    {
        long[] counts = _scan.CountRows();
        long[][] borders = Array.ConvertAll(counts, count => new long[] { count - (long)Math.Round(testFraction * count) });
        _scan.MoveToTimes(borders);
        return Split([.. borders.Select(border => border[0])], counts);
    }

    public TrainTestData ByTime(DateTime testStart)
    {
        (long[] borders, long[] counts) = _scan.FindTime(testStart);
        return Split(borders, counts);
    }

    /// <summary>
    /// Cuts test parts of equal size off the end of each group; all rows before a test part are for training.
    /// </summary>
    public IReadOnlyList<TrainTestData> ByRollingOrigin(int numberOfFolds)
    {
        long[] counts = _scan.CountRows();
        int[] folds = [.. Enumerable.Range(0, numberOfFolds)];
        long[][] borders = Array.ConvertAll(counts, count => Array.ConvertAll(folds, fold => BorderOf(count, fold)));
        _scan.MoveToTimes(borders);
        return Array.ConvertAll(folds, fold => Split(BordersOf(fold), fold == numberOfFolds - 1 ? counts : BordersOf(fold + 1)));

        long BorderOf(long count, int fold) => count - (numberOfFolds - fold) * (count / (numberOfFolds + 1));

        long[] BordersOf(int fold) => Array.ConvertAll(borders, border => border[fold]);
    }

    private TrainTestData Split(long[] borders, long[] ends)
    {
        if (borders.All(border => border == 0) || borders.SequenceEqual(ends))
        {
            string part = borders.SequenceEqual(ends) ? "test" : "training";
            string rows = $"{ends.Sum()} rows{(groupColumnName is null ? "" : $" in {ends.Length} groups")}";
            throw new InvalidOperationException(
                $"No row is left for the {part} part: the table has {rows}. Take another share, another time or fewer folds.");
        }
        return SplitData.Of(
            new RowRangeView(data, groupColumnName, Array.ConvertAll(borders, border => (0L, border))),
            new RowRangeView(data, groupColumnName, [.. borders.Zip(ends, (border, end) => (WithContext(border, end), end))]));
    }

    /// <summary>Where a test part begins; one without rows has no context.</summary>
    private long WithContext(long border, long end) => border == end ? border : Math.Max(0, border - contextRows);
}
