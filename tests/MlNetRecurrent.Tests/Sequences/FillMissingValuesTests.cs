using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class FillMissingValuesTests
{
    private const float No = float.NaN;

    private static readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_last_known_value_of_the_group_fills_the_next_ones()
    {
        IDataView data = View([("a", No), ("a", 1), ("b", No), ("b", 7), ("a", No), ("b", No), ("a", 3), ("a", No)]);
        Assert.Equal([No, 1, No, 7, 1, 7, 3, 3], Fill(data, new() { GroupColumnName = "Group" }));
        Assert.Equal([0, 1, 0, 7, 1, 7, 3, 3], Fill(data, new() { GroupColumnName = "Group", InitialValue = 0 }));
        Assert.Equal([No, 1, 1, 7, 7, 7, 3, 3], Fill(data, new()));
    }

    [Fact]
    public void Values_between_known_ones_are_on_a_line()
    {
        IDataView data = View([("a", No), ("a", 1), ("b", 5), ("a", No), ("a", No), ("b", No), ("a", 4), ("b", 7), ("a", No)]);
        Assert.Equal(
            [No, 1, 5, 2, 3, 6, 4, 7, 4], Fill(data, new() { GroupColumnName = "Group", Fill = MissingValueFill.InterpolateByRow }));
        Assert.Equal(
            [-1, 1, 5, 2, 3, 6, 4, 7, 4],
            Fill(data, new() { GroupColumnName = "Group", Fill = MissingValueFill.InterpolateByRow, InitialValue = -1 }));
    }

    [Fact]
    public void The_line_goes_by_the_order_where_it_is_asked_for()
    {
        DateTime start = new(2024, 1, 1);
        AssertLine([start, start.AddHours(1), start.AddHours(10)]);
        AssertLine([new DateTimeOffset(start, default), new(start.AddHours(1), default), new(start.AddHours(10), default)]);
        AssertLine([TimeSpan.MinValue, TimeSpan.MinValue + TimeSpan.FromTicks(1), TimeSpan.MinValue + TimeSpan.FromTicks(10)]);
        AssertLine([0, 1, 10]);
        AssertLine([-1f, 0, 9]);
        AssertLine([0.0, 0.1, 1]);
        AssertLine<byte>([5, 6, 15]);
        AssertLine([ulong.MaxValue - 10, ulong.MaxValue - 9, ulong.MaxValue]);

        void AssertLine<T>(T[] orders)
        {
            IDataView data = _ml.Data.LoadFromEnumerable(
                orders.Select((order, i) => new Ordered<T> { Order = order, Value = i == 1 ? No : 10 * i }).ToArray());
            ITransformer filling = _ml.Transforms.FillMissingValues(
                "Value", fill: MissingValueFill.InterpolateByOrder, orderColumnName: "Order").Fit(data);
            Assert.Equal([0, 2, 20], filling.Transform(data).GetColumn<float>("Value").Select(value => MathF.Round(value, 5)));
        }
    }

    [Theory]
    [InlineData(MissingValueFill.Forward, new[] { 1f, No, 1, 2, 3, 2 }, new[] { 0f, 0, 1, 0, 0, 1 })]
    [InlineData(MissingValueFill.InterpolateByRow, new[] { 1f, No, 2, 2, 3, 2 }, new[] { 0f, 0, 1, 0, 0, 1 })]
    public void Each_slot_is_filled_by_itself_and_told_by_the_indicator(MissingValueFill fill, float[] values, float[] filled)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            new Pair[] { new() { Values = [1, No] }, new() { Values = [No, 2] }, new() { Values = [3, No] } });
        IDataView view = _ml.Transforms.FillMissingValues(
            new() { OutputColumnName = "Values", Fill = fill, IndicatorColumnName = "Filled" }).Fit(data).Transform(data);
        Assert.Equal(values, view.GetColumn<float[]>("Values").SelectMany(row => row));
        Assert.Equal(filled, view.GetColumn<float[]>("Filled").SelectMany(row => row));
    }

    [Fact]
    public void No_more_rows_are_filled_than_the_option_allows()
    {
        IDataView data = View([("a", No), ("a", No), ("a", 1), ("a", No), ("a", No), ("a", No), ("a", 5), ("a", No), ("a", 7)]);
        Assert.Equal([0, 0, 1, 1, 1, No, 5, 5, 7], Fill(data, new() { MaximumNumberOfFilledRows = 2, InitialValue = 0 }));
        Assert.Equal(
            [No, No, 1, 2, No, No, 5, 6, 7],
            Fill(data, new() { MaximumNumberOfFilledRows = 1, Fill = MissingValueFill.InterpolateByRow }));
        Assert.Throws<ArgumentOutOfRangeException>("MaximumNumberOfFilledRows", () => Fill(data, new() { MaximumNumberOfFilledRows = 0 }));
    }

    [Theory]
    [InlineData("Group", "Order", null, "Column 'Group' is the output and the group column, which it would replace; it must be another.")]
    [InlineData("Order", "Order", null, "Column 'Order' is the output and the order column")]
    [InlineData("Value", "Order", "Group", "Column 'Group' is the indicator and the group column")]
    [InlineData("Value", "Order", "Order", "Column 'Order' is the indicator and the order column")]
    public void Columns_of_groups_and_of_the_order_are_not_replaced(string output, string order, string? indicator, string expected)
    {
        FillMissingValuesOptions options = new()
        {
            OutputColumnName = output,
            InputColumnName = "Value",
            GroupColumnName = "Group",
            OrderColumnName = order,
            IndicatorColumnName = indicator,
        };
        string message = Assert.Throws<ArgumentException>(() => new MLContext().Transforms.FillMissingValues(options)).Message;
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new MLContext().Transforms.NormalizeByGroup("Shop", "Shop", "Sales")).Message;
        Assert.StartsWith("Column 'Shop' is the output and the group column, which it would replace", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingValueFill.Forward)]
    [InlineData(MissingValueFill.InterpolateByRow)]
    public void Infinity_is_neither_a_value_nor_missing(MissingValueFill fill)
    {
        IDataView data = View([("a", 1), ("a", No), ("a", float.PositiveInfinity), ("a", 2)]);
        Assert.Equal(
            "Column 'Value': row 2 (counted from 0) is Infinity. Expected a finite number, or NaN where it is missing.",
            Assert.Throws<InvalidOperationException>(() => Fill(data, new() { Fill = fill }).ToArray()).Message);
    }

    [Fact]
    public void Rows_out_of_order_are_refused_with_both_times_and_the_group()
    {
        DateTime start = new(2024, 1, 1);
        IDataView data = _ml.Data.LoadFromEnumerable(
            new Ordered<DateTime>[] { new() { Order = start.AddDays(1), Value = No }, new() { Order = start, Value = 1 } });
        foreach (MissingValueFill fill in Enum.GetValues<MissingValueFill>())
        {
            ITransformer filling = _ml.Transforms.FillMissingValues("Value", null, fill, "Group", "Order").Fit(data);
            string message = Assert.Throws<InvalidOperationException>(() => Rows.Of(filling.Transform(data))).Message;
            Assert.StartsWith(
                "Row 1 (counted from 0) has 2024-01-01 00:00:00 in order column 'Order', before the 2024-01-02 00:00:00 of the row before "
                + "it in group 'A' of column 'Group'.", message);
        }
    }

    [Fact]
    public void Rows_without_a_group_are_refused_or_left_out()
    {
        IDataView data = View([("a", 1), ("", 2), ("a", No), ("", No), ("a", 3)]);
        Assert.Contains(
            "Row 1 (counted from 0) has no group in column 'Group'",
            Assert.Throws<InvalidOperationException>(() => Fill(data, new() { GroupColumnName = "Group" })).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            [1, 2, 3],
            Fill(data, new()
            {
                GroupColumnName = "Group",
                MissingGroups = MissingRowAction.Drop,
                Fill = MissingValueFill.InterpolateByRow,
            }));
    }

    [Fact]
    public void An_engine_fills_as_a_view_does_and_keeps_the_groups_apart()
    {
        Cell[] rows = Cells(seed: 1);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer filling = _ml.Transforms.FillMissingValues(new()
        {
            OutputColumnName = "Value",
            GroupColumnName = "Group",
            OrderColumnName = "Time",
            MaximumNumberOfFilledRows = 2,
        }).Fit(data);
        float[] expected = [.. filling.Transform(data).GetColumn<float>("Value")];
        using SequenceEngine<Cell, Filled> engine = _ml.Model.CreateSequenceEngine<Cell, Filled>(filling);
        using SequenceEngine<Cell, Filled> other = _ml.Model.CreateSequenceEngine<Cell, Filled>(filling);
        for (int i = 0; i < 20; i++)
            Assert.Equal(expected[i], engine.Predict(rows[i]).Value);
        using var state = new MemoryStream();
        engine.SaveState(state);
        state.Position = 0;
        other.LoadState(state);
        // A row out of order is not kept.
        Assert.Throws<InvalidOperationException>(() => other.Predict(new() { Group = rows[19].Group, Time = -1, Value = 99 }));
        for (int i = 20; i < rows.Length; i++)
            Assert.Equal(expected[i], other.Predict(rows[i]).Value);
        other.Reset();
        Assert.Equal(No, other.Predict(new() { Group = "a", Time = 1000, Value = No }).Value);
    }

    [Fact]
    public void A_row_that_a_later_transform_refuses_is_not_kept()
    {
        Cell[] rows = Cells(seed: 2);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer model = _ml.Transforms.FillMissingValues("Value", groupColumnName: "Group")
            .Append(_ml.Transforms.SlidingWindow("Window", ["Value"], 1, groupColumnName: "Group", orderColumnName: "Time")).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Cell, Windowed>(model);
        Assert.Equal([1], engine.Predict(new() { Group = "a", Time = 5, Value = 1 }).Window);
        Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Group = "a", Time = 4, Value = 2 }));
        Assert.Equal([1], engine.Predict(new() { Group = "a", Time = 6, Value = No }).Window);
    }

    [Fact]
    public void An_engine_refuses_to_interpolate_with_the_reason()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Cells(seed: 3));
        ITransformer filling = _ml.Transforms.FillMissingValues("Value", fill: MissingValueFill.InterpolateByRow).Fit(data);
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Cell, Filled>(filling)).Message;
        Assert.StartsWith("FillMissingValues interpolates column 'Value', for which it needs the rows after a missing value.", message);
    }

    [Fact]
    public void Rows_that_were_shuffled_cause_one_warning()
    {
        var ml = new MLContext(seed: 1);
        List<string> warnings = LoggedWarnings.Of(ml);
        IDataView data = View([("a", 1), ("a", No)]), shuffled = ml.Data.ShuffleRows(data);
        ITransformer filling = ml.Transforms.FillMissingValues("Value").Fit(data);
        filling.Transform(data);
        Assert.Empty(warnings);
        filling.Transform(shuffled);
        filling.Transform(shuffled);
        Assert.StartsWith("The rows are shuffled (ShuffleRows) before missing values are filled", Assert.Single(warnings));
        FillMissingValuesOptions strict = new() { OutputColumnName = "Value", TreatWarningsAsErrors = true };
        Assert.Throws<InvalidOperationException>(() => ml.Transforms.FillMissingValues(strict).Fit(data).Transform(shuffled));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        TransformsCatalog transforms = _ml.Transforms;
        Assert.Throws<ArgumentException>("Fill", () => transforms.FillMissingValues("A", fill: MissingValueFill.InterpolateByOrder));
        Assert.Throws<ArgumentOutOfRangeException>("Fill", () => transforms.FillMissingValues("A", fill: (MissingValueFill)3));
        Assert.Throws<ArgumentOutOfRangeException>(
            "InitialValue", () => transforms.FillMissingValues(new() { OutputColumnName = "A", InitialValue = No }));
        Assert.Throws<ArgumentException>(
            "IndicatorColumnName", () => transforms.FillMissingValues(new() { OutputColumnName = "A", IndicatorColumnName = "A" }));
        Assert.Contains(
            "Column 'Group' is String; expected Single",
            Assert.Throws<ArgumentOutOfRangeException>(() => transforms.FillMissingValues("Group").Fit(View([("a", 1)]))).Message,
            StringComparison.Ordinal);
    }

    private static float[] Fill(IDataView data, FillMissingValuesOptions options)
    {
        options.OutputColumnName = "Value";
        return [.. _ml.Transforms.FillMissingValues(options).Fit(data).Transform(data).GetColumn<float>("Value")];
    }

    private static IDataView View((string Group, float Value)[] rows) =>
        _ml.Data.LoadFromEnumerable(Array.ConvertAll(rows, row => new Cell { Group = row.Group, Value = row.Value }));

    private static Cell[] Cells(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 60).Select(i => new Cell
            {
                Group = random.Next(2) == 0 ? "a" : "b",
                Time = i,
                Value = random.Next(2) == 0 ? No : i,
            }),
        ];
    }

    private sealed class Cell
    {
        public string Group { get; set; } = "";

        public int Time { get; set; }

        public float Value { get; set; }
    }

    private sealed class Ordered<T>
    {
        public string Group { get; set; } = "A";

        public T Order { get; set; } = default!;

        public float Value { get; set; }
    }

    private sealed class Pair
    {
        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }

    private sealed class Filled
    {
        public float Value { get; set; }
    }
}
