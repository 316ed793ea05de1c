using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class ResampleTests
{
    private const float No = float.NaN;

    private static readonly MLContext _ml = new(seed: 1);

    private static readonly DateTime _start = new(2024, 1, 1);

    [Theory]
    [InlineData(ResampleFunction.Sum, new[] { 6f, 0, 0, 4 })]
    [InlineData(ResampleFunction.Mean, new[] { 3, No, No, 4 })]
    [InlineData(ResampleFunction.First, new[] { 5, No, No, 4 })]
    [InlineData(ResampleFunction.Last, new[] { 1, No, No, 4 })]
    [InlineData(ResampleFunction.Min, new[] { 1, No, No, 4 })]
    [InlineData(ResampleFunction.Max, new[] { 5, No, No, 4 })]
    [InlineData(ResampleFunction.Count, new[] { 2f, 0, 0, 1 })]
    public void Each_interval_has_one_row_with_the_function_of_its_values(ResampleFunction function, float[] expected)
    {
        IDataView data = View(("a", 0.2, No), ("a", 0.3, 5), ("a", 0.9, 1), ("a", 0.9, No), ("a", 1.5, No), ("a", 3, 4));
        IDataView hours = _ml.Transforms.Resample("Time", TimeSpan.FromHours(1), [new("Value", function)]).Fit(data).Transform(data);
        Assert.Equal(expected, hours.GetColumn<float>("Value"));
        Assert.Equal([0, 1, 2, 3], hours.GetColumn<DateTime>("Time").Select(time => (time - _start).TotalHours));
        Assert.Equal(["Time", "Value"], hours.Schema.Select(column => column.Name));
    }

    [Fact]
    public void Groups_are_resampled_by_themselves_however_they_are_mixed()
    {
        IDataView data = View(("a", 0, 1), ("b", 0.5, 10), ("a", 2.5, 2), ("b", 0.6, 20), ("c", 9, 7), ("b", 1, 30));
        ITransformer hours = _ml.Transforms.Resample(
            "Time", TimeSpan.FromHours(1),
            [new("Value", ResampleFunction.Sum, "Total"), new("Value", ResampleFunction.Count, "Rows")], "Group").Fit(data);
        Assert.Equal(
            [("a", 0, 1, 1), ("a", 1, 0, 0), ("b", 0, 30, 2), ("a", 2, 2, 1), ("b", 1, 30, 1), ("c", 9, 7, 1)],
            _ml.Data.CreateEnumerable<Hour>(hours.Transform(data), reuseRowObject: false)
                .Select(row => (row.Group, (row.Time - _start).TotalHours, row.Total, row.Rows)));
        // A row is there as soon as its interval is over.
        IDataView endless = _ml.Data.LoadFromEnumerable(Endless());
        Assert.Equal(3, hours.Transform(endless).GetColumn<float>("Rows").Take(3).Count());

        static IEnumerable<Cell> Endless()
        {
            for (int i = 0; ; i++)
                yield return new() { Group = "a", Time = _start.AddHours(i), Value = i };
        }
    }

    [Fact]
    public void Infinity_is_refused_with_its_row()
    {
        IDataView data = View(("a", 0, 1), ("a", 0.1, float.PositiveInfinity));
        ITransformer hours = _ml.Transforms.Resample("Time", TimeSpan.FromHours(1), [new("Value", ResampleFunction.Sum)]).Fit(data);
        Assert.Equal(
            "Column 'Value': row 1 (counted from 0) is Infinity. Expected a finite number, or NaN where it is missing.",
            Assert.Throws<InvalidOperationException>(() => hours.Transform(data).GetColumn<float>("Value").ToArray()).Message);
    }

    [Fact]
    public void Times_of_a_clock_that_is_put_back_are_resampled_by_their_offset()
    {
        var midnight = new DateTimeOffset(2024, 10, 27, 0, 0, 0, TimeSpan.FromHours(2));
        // 02:30 in summer, then 02:10 in winter, 40 minutes later.
        Moment[] moments =
        [
            new() { Time = midnight.AddHours(2.5), Value = 1 },
            new() { Time = midnight.AddHours(2.5).AddMinutes(40).ToOffset(TimeSpan.FromHours(1)), Value = 2 },
            new() { Time = midnight.AddHours(4.5).ToOffset(TimeSpan.FromHours(1)), Value = 4 },
        ];
        IDataView data = _ml.Data.LoadFromEnumerable(moments);
        IDataView hours = _ml.Transforms.Resample("Time", TimeSpan.FromHours(1), [new("Value", ResampleFunction.Sum)])
            .Fit(data).Transform(data);
        Assert.Equal([1, 2, 4], hours.GetColumn<float>("Value"));
        DateTimeOffset first = new(2024, 10, 27, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal([first, first.AddHours(1), first.AddHours(2)], hours.GetColumn<DateTimeOffset>("Time"));
        Assert.All(hours.GetColumn<DateTimeOffset>("Time"), time => Assert.Equal(TimeSpan.Zero, time.Offset));
    }

    [Fact]
    public void Weeks_begin_on_monday_and_days_at_midnight()
    {
        IDataView data = View(("a", 6 * 24 + 23, 1), ("a", 7 * 24, 2));
        Assert.Equal([0, 7], Starts(TimeSpan.FromDays(7)));
        Assert.Equal([6, 7], Starts(TimeSpan.FromDays(1)));

        IEnumerable<double> Starts(TimeSpan interval) =>
            _ml.Transforms.Resample("Time", interval, [new("Value", ResampleFunction.Sum)]).Fit(data).Transform(data)
                .GetColumn<DateTime>("Time").Select(time => (time - _start).TotalDays);
    }

    [Fact]
    public void Numbers_of_any_type_can_be_the_time()
    {
        AssertStarts([-5, -1, 0, 4], 5, [-5, 0]);
        AssertStarts([-6L, -5, 10], 5, [-10L, -5, 0, 5, 10]);
        AssertStarts<byte>([0, 4, 255], 100, [0, 100, 200]);
        AssertStarts([long.MaxValue - 1, long.MaxValue], 2, [long.MaxValue - 1]);
        AssertStarts([ulong.MaxValue], 1, [ulong.MaxValue]);
        // Multiples of a tenth, most of which are rounded, begin an interval.
        AssertStarts([.. Enumerable.Range(0, 30).Select(i => i * 0.1)], 0.1, [.. Enumerable.Range(0, 30).Select(i => i * 0.1)]);
        AssertStarts([.. Enumerable.Range(0, 30).Select(i => i * 0.1f)], 0.1, [.. Enumerable.Range(0, 30).Select(i => (float)(i * 0.1))]);
        AssertStarts([-0.05, 0.05], 0.1, [-0.1, 0]);
        Assert.Contains(
            "whose interval begins at no number of type SByte", Refusal<sbyte>([sbyte.MinValue], 100), StringComparison.Ordinal);
        Assert.Contains("whose interval begins at no number of type Double", Refusal([1e300], 1), StringComparison.Ordinal);
        Assert.Contains("an interval of 0.5 is no whole number", Refusal([1], 0.5), StringComparison.Ordinal);
        Assert.Contains("needs a number", Refusal([DateTime.UnixEpoch], 1), StringComparison.Ordinal);

        string Refusal<T>(T[] times, double interval) =>
            Assert.Throws<InvalidOperationException>(() => AssertStarts(times, interval, [])).Message;

        void AssertStarts<T>(T[] times, double interval, T[] expected)
        {
            IDataView data = _ml.Data.LoadFromEnumerable(Array.ConvertAll(times, time => new Of<T> { Time = time, Value = 1 }));
            ITransformer intervals = _ml.Transforms.Resample(
                new() { OrderColumnName = "Time", OrderInterval = interval, Columns = [new("Value", ResampleFunction.Sum)] }).Fit(data);
            Assert.Equal(expected, [.. intervals.Transform(data).GetColumn<T>("Time")]);
            Assert.Equal(times.Length, intervals.Transform(data).GetColumn<float>("Value").Sum());
        }
    }

    [Fact]
    public void Times_out_of_order_are_refused_with_both_times_and_the_group()
    {
        IDataView data = View(("a", 1, 1), ("b", 5, 1), ("a", 0, 1));
        string message = Refusal(data);
        Assert.StartsWith(
            "Row 2 (counted from 0) has 2024-01-01 00:00:00 in order column 'Time', before the 2024-01-01 01:00:00 of the row before it "
            + "in group 'a' of column 'Group'.", message);
        Assert.Contains("Row 0 (counted from 0) has no order in column 'Time'", Refusal(Cells(default, default)), StringComparison.Ordinal);
        Assert.Equal(
            "Row 1 (counted from 0) is in the interval 9999-12-31 23:00:00 of order column 'Time', 69912526 intervals after "
            + "2024-06-01 00:00:00, that of the row before it in group 'a' of column 'Group'; at most 1048576 empty intervals are "
            + "possible. Check the times, or use a longer interval.", Refusal(Cells(new(2024, 6, 1), DateTime.MaxValue)));

        string Refusal(IDataView data) => Assert.Throws<InvalidOperationException>(() => Rows.Of(_ml.Transforms.Resample(
            "Time", TimeSpan.FromHours(1), [new("Value", ResampleFunction.Sum)], "Group").Fit(data).Transform(data))).Message;

        IDataView Cells(params DateTime[] times) =>
            _ml.Data.LoadFromEnumerable(Array.ConvertAll(times, time => new Cell { Group = "a", Time = time }));
    }

    [Fact]
    public void Rows_without_a_group_or_a_time_are_left_out_where_it_is_asked_for()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            new Cell[] { new() { Time = _start, Value = 1 }, new() { Group = "a", Value = 2 }, new() { Group = "a", Time = _start } });
        IDataView days = _ml.Transforms.Resample(new()
        {
            OrderColumnName = "Time",
            OrderTimeInterval = TimeSpan.FromDays(1),
            Columns = [new("Value", ResampleFunction.Count)],
            GroupColumnName = "Group",
            MissingGroups = MissingRowAction.Drop,
            MissingOrders = MissingRowAction.Drop,
        }).Fit(data).Transform(data);
        Assert.Equal([1], days.GetColumn<float>("Value"));
    }

    [Fact]
    public void Rows_that_were_shuffled_or_split_cause_a_warning()
    {
        var ml = new MLContext(seed: 1);
        List<string> warnings = LoggedWarnings.Of(ml);
        IDataView data = View(("a", 0, 1), ("a", 1, 2)), shuffled = ml.Data.ShuffleRows(data);
        ResampleOptions options = new()
        {
            OrderColumnName = "Time",
            OrderTimeInterval = TimeSpan.FromHours(1),
            Columns = [new("Value", ResampleFunction.Sum)],
        };
        ml.Transforms.Resample(options).Fit(data).Transform(data);
        Assert.Empty(warnings);
        ml.Transforms.Resample(options).Fit(data).Transform(shuffled);
        Assert.StartsWith("The rows are shuffled (ShuffleRows) before they are resampled", Assert.Single(warnings));
        options.TreatWarningsAsErrors = true;
        Assert.Throws<InvalidOperationException>(() => ml.Transforms.Resample(options).Fit(data).Transform(shuffled));
        options.IgnoredWarnings = [RecurrentWarning.RowsNotConsecutive];
        ml.Transforms.Resample(options).Fit(data).Transform(shuffled);
        Assert.Single(warnings);
    }

    [Fact]
    public void An_engine_refuses_it_with_the_reason()
    {
        IDataView data = View(("a", 0, 1));
        ITransformer hours = _ml.Transforms.Resample("Time", TimeSpan.FromHours(1), [new("Value", ResampleFunction.Sum)]).Fit(data);
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Cell, Hour>(hours)).Message;
        Assert.StartsWith("Resample makes one row of all rows of an interval of column 'Time'. Row by row, ", message);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        TransformsCatalog transforms = _ml.Transforms;
        ResampledColumn column = new("Value", ResampleFunction.Sum);
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => transforms.Resample("Time", TimeSpan.Zero, [column]));
        Assert.Throws<ArgumentException>("Columns", () => transforms.Resample("Time", TimeSpan.FromDays(1), []));
        Assert.Throws<ArgumentException>("Columns", () => transforms.Resample("Time", TimeSpan.FromDays(1), [column, column]));
        Assert.Throws<ArgumentException>(
            "OrderInterval", () => transforms.Resample(new() { OrderColumnName = "Time", Columns = [column] }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "OrderInterval", () => transforms.Resample(new() { OrderColumnName = "Time", Columns = [column], OrderInterval = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("function", () => new ResampledColumn("Value", (ResampleFunction)7));
        Assert.Contains(
            "Column 'Group' is String; expected Single",
            Assert.Throws<ArgumentOutOfRangeException>(() => transforms.Resample(
                "Time", TimeSpan.FromDays(1), [new("Group", ResampleFunction.Last)]).Fit(View(("a", 1, 1)))).Message,
            StringComparison.Ordinal);
    }

    private static IDataView View(params (string Group, double Hours, float Value)[] rows) => _ml.Data.LoadFromEnumerable(
        Array.ConvertAll(rows, row => new Cell { Group = row.Group, Time = _start.AddHours(row.Hours), Value = row.Value }));

    private sealed class Cell
    {
        public string Group { get; set; } = "";

        public DateTime Time { get; set; }

        public float Value { get; set; }
    }

    private sealed class Of<T>
    {
        public T Time { get; set; } = default!;

        public float Value { get; set; }
    }

    private sealed class Hour
    {
        public string Group { get; set; } = "";

        public DateTime Time { get; set; }

        public float Total { get; set; }

        public float Rows { get; set; }
    }

    private sealed class Moment
    {
        public DateTimeOffset Time { get; set; }

        public float Value { get; set; }
    }
}
