using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class TimeSplitTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_last_share_of_a_table_is_for_testing(int context)
    {
        TrainTestData split = _ml.Data.TimeSplit(Days(20, 1), testFraction: 0.25, numberOfContextRows: context);
        Assert.Equal(Enumerable.Range(0, 15), Numbers(split.TrainSet));
        Assert.Equal(Enumerable.Range(15 - context, 5 + context), Numbers(split.TestSet));
    }

    [Fact]
    public void Each_group_is_split_by_itself_and_rows_keep_their_order()
    {
        TrainTestData split = _ml.Data.TimeSplit(Days(20, 2), testFraction: 0.2, groupColumnName: "Store", orderColumnName: "Date",
            numberOfContextRows: 1);
        Assert.Equal(Enumerable.Range(0, 16), Numbers(split.TrainSet));
        Assert.Equal([14, 15, 16, 17, 18, 19], Numbers(split.TestSet));
        IDataView oneByOne = Load([.. Days(5, "A"), .. Days(10, "B"), .. Days(1, "C")]);
        TrainTestData stores = _ml.Data.TimeSplit(oneByOne, testFraction: 0.4, groupColumnName: "Store");
        Assert.Equal(["A3", "A4", "B6", "B7", "B8", "B9"], Names(stores.TestSet));
        Assert.Equal(["A0", "A1", "A2", "B0", "B1", "B2", "B3", "B4", "B5", "C0"], Names(stores.TrainSet));
    }

    [Fact]
    public void Rows_without_a_date_or_a_group_are_refused()
    {
        Day[] days = [.. Days(10, "A")];
        days[0].Date = default;
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(Load(days), orderColumnName: "Date")).Message;
        Assert.Contains("Row 0 (counted from 0) has no value in order column 'Date'", message, StringComparison.Ordinal);
        days[3].Store = "";
        message = Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(Load(days), groupColumnName: "Store")).Message;
        Assert.Equal("Row 3 (counted from 0) has no group in column 'Store': its text is empty. Leave such rows out of the data.", message);
    }

    [Fact]
    public void Rows_of_one_time_stay_together()
    {
        IDataView panel = Load([.. Enumerable.Range(0, 30)
            .Select(i => new Day { Store = $"{i % 3}", Number = i, Date = new DateTime(2024, 1, 1).AddDays(i / 3) })]);
        TrainTestData split = _ml.Data.TimeSplit(panel, testFraction: 1 / 3.0 - 0.05, orderColumnName: "Date");
        Assert.Equal(Enumerable.Range(0, 21), Numbers(split.TrainSet));
        Assert.Equal(Enumerable.Range(21, 9), Numbers(split.TestSet));
    }

    [Fact]
    public void A_date_splits_all_groups_at_one_time()
    {
        IDataView data = Load([.. Days(5, "A"), .. Days(10, "B"), .. Days(2, "C")]);
        TrainTestData split = _ml.Data.TimeSplit(data, new DateTime(2024, 1, 4), "Date", "Store", numberOfContextRows: 1);
        Assert.Equal(["A0", "A1", "A2", "B0", "B1", "B2", "C0", "C1"], Names(split.TrainSet));
        Assert.Equal(["A2", "A3", "A4", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"], Names(split.TestSet));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TimeSplit(data, new DateTime(2024, 1, 4), "Number"));
    }

    [Fact]
    public void Windows_of_the_test_part_with_context_begin_at_its_first_row()
    {
        IDataView data = Days(40, 2);
        IEstimator<ITransformer> windows = _ml.Transforms.SlidingWindow("Window", ["Value"], windowSize: 3, horizon: 2,
            groupColumnName: "Store");
        TrainTestData split = _ml.Data.TimeSplit(data, testFraction: 0.3, groupColumnName: "Store", numberOfContextRows: 3 - 1 + 2);
        Assert.Equal(Enumerable.Range(28, 12), Numbers(windows.Fit(data).Transform(split.TestSet)));
        Assert.Empty(Numbers(split.TrainSet).Intersect(Enumerable.Range(28, 12)));
    }

    [Fact]
    public void Folds_of_a_rolling_origin_are_those_of_scikit_learn()
    {
        // TimeSeriesSplit(n_splits=3).split(range(10)).
        IReadOnlyList<TrainTestData> folds = _ml.Data.RollingOriginSplit(Days(10, 1), numberOfFolds: 3);
        Assert.Equal([4, 6, 8], folds.Select(fold => Numbers(fold.TrainSet).Length));
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, Numbers(fold.TrainSet).Length), Numbers(fold.TrainSet)));
        Assert.Equal([[4, 5], [6, 7], [8, 9]], folds.Select(fold => Numbers(fold.TestSet)));
        IReadOnlyList<TrainTestData> byStore = _ml.Data.RollingOriginSplit(Days(20, 2), numberOfFolds: 3, groupColumnName: "Store",
            orderColumnName: "Number", numberOfContextRows: 1);
        Assert.Equal(
            [[6, 7, 8, 9, 10, 11], [10, 11, 12, 13, 14, 15], [14, 15, 16, 17, 18, 19]],
            byStore.Select(fold => Numbers(fold.TestSet)));
    }

    [Fact]
    public void Rows_out_of_order_or_without_a_time_are_an_error()
    {
        Day[] days = [.. Days(6, "A")];
        (days[3], days[4]) = (days[4], days[3]);
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(Load(days), orderColumnName: "Number")).Message;
        Assert.Contains("Row 4 (counted from 0) has 3 in order column 'Number', before the 4", message, StringComparison.Ordinal);
        days[2].Value = float.NaN;
        Assert.Contains("Row 2 (counted from 0) has no value in order column 'Value'",
            Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(Load(days), orderColumnName: "Value")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_without_rows_and_options_out_of_range_are_refused()
    {
        IDataView data = Days(10, 1);
        Assert.Contains("test part: the table has 10 rows",
            Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(data, testFraction: 0.01)).Message, StringComparison.Ordinal);
        Assert.Contains("training part",
            Assert.Throws<InvalidOperationException>(() => _ml.Data.TimeSplit(data, DateTime.MinValue, "Date")).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _ml.Data.RollingOriginSplit(data, numberOfFolds: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TimeSplit(data, testFraction: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TimeSplit(data, numberOfContextRows: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TimeSplit(data, orderColumnName: "Wrong"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.RollingOriginSplit(data, numberOfFolds: 0));
    }

    [Fact]
    public void Parts_are_cached_and_saved_like_other_views()
    {
        IDataView test = _ml.Data.TimeSplit(Days(20, 2), testFraction: 0.3, groupColumnName: "Store").TestSet;
        DataViewSchema.Column number = test.Schema["Number"];
        Rows.AssertEqual(Rows.Of(test, number), Rows.Of(_ml.Data.Cache(test), number));
        using var stream = new MemoryStream();
        _ml.Data.SaveAsBinary(test, stream);
        IDataView saved = _ml.Data.LoadFromBinary(new MemorySource(stream.ToArray()));
        Rows.AssertEqual(Rows.Of(test), Rows.Of(saved));
    }

    private IDataView Days(int count, int stores) =>
        Load([.. Enumerable.Range(0, count)
        .Select(i => new Day { Store = $"{i % stores}", Number = i, Value = i, Date = new DateTime(2024, 1, 1).AddDays(i / stores) })]);

    private static IEnumerable<Day> Days(int count, string store) =>
        Enumerable.Range(0, count)
        .Select(i => new Day { Store = store, Number = i, Value = i, Date = new DateTime(2024, 1, 1).AddDays(i) });

    private IDataView Load(Day[] days) => _ml.Data.LoadFromEnumerable(days);

    private static int[] Numbers(IDataView view) => [.. view.GetColumn<int>("Number")];

    private static IEnumerable<string> Names(IDataView view) =>
        view.GetColumn<string>("Store").Zip(Numbers(view), (store, number) => $"{store}{number}");

    private sealed class Day
    {
        public string Store { get; set; } = "";

        public int Number { get; set; }

        public float Value { get; set; }

        public DateTime Date { get; set; }
    }
}
