using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>What cannot say the order of rows is refused.</summary>
public sealed class OrderTests
{
    private const string Start = "2024-10-27 02:30:00";

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _log = [];

    public OrderTests() => _ml.Log += (_, message) => _log.Add(message.RawMessage);

    /// <summary>The transforms whose rows are in order, and those that bring rows into it.</summary>
    public static TheoryData<string> Transforms => ["SlidingWindow", "GroupIntoSequences", "GroupIntoSequences, checked"];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Rows_that_are_equal_in_order_are_refused(string transform)
    {
        string message = Refusal(transform, [1, 2, 2, 3]);
        Assert.Contains(
            "Row 2 (counted from 0) has 2 in order column 'Order', the same as row 1 in group 'A' of column 'Store'",
            message, StringComparison.Ordinal);
        Assert.Contains("AllowOrderTies", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_rows_that_do_not_follow_one_another_are_refused_when_they_are_sorted()
    {
        string message = Refusal("GroupIntoSequences", [5, 2, 3, 5, 1, 5]);
        Assert.Contains(
            "Row 3 (counted from 0) has 5 in order column 'Order', the same as row 0 in group", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Equal_rows_stay_as_they_came_where_that_is_allowed(string transform)
    {
        IDataView data = View([1, 2, 2, 3]);
        object[][] rows = Rows.Of(Transform(transform, allowTies: true).Fit(data).Transform(data));
        Assert.NotEmpty(rows);
        IDataView unsorted = View([2, 1, 2, 1, 2]);
        ITransformer groups = Transform("GroupIntoSequences", allowTies: true).Fit(unsorted);
        Assert.Equal([1, 3, 0, 2, 4], groups.Transform(unsorted).GetColumn<float[]>("Sales").Single());
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void An_order_that_is_missing_is_refused_or_left_out(string transform)
    {
        const string expected = "Row 1 (counted from 0) has no order in column 'Order': it is ";
        Assert.Contains(expected + "NaN", Refusal(transform, [1f, float.NaN, 2f]), StringComparison.Ordinal);
        Assert.Contains(expected + "NaN", Refusal(transform, [1.0, double.NaN, 2.0]), StringComparison.Ordinal);
        string ofTimes = Refusal(transform, [DateTime.UnixEpoch, default, DateTime.UnixEpoch.AddDays(1)]);
        Assert.Contains(expected + "0001-01-01", ofTimes, StringComparison.Ordinal);
        string ofOffsets = Refusal(transform, [DateTimeOffset.UnixEpoch, default, DateTimeOffset.MaxValue]);
        Assert.Contains(expected + "0001-01-01", ofOffsets, StringComparison.Ordinal);
        IDataView data = View([1f, float.NaN, 2f, 3f]);
        object[][] rows = Rows.Of(Transform(transform, MissingRowAction.Drop).Fit(data).Transform(data));
        Assert.Equal(transform == "SlidingWindow" ? 2 : 1, rows.Length);
        Assert.Single(_log, line => line.EndsWith("1 rows without an order in column 'Order' are left out.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_key_that_is_missing_is_no_order(string transform)
    {
        IDataView all = View(["2024-01-01", "2024-01-02", "2024-01-03"]), other = View(["2024-01-02", "2024-01-04"]);
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Order").Append(Transform(transform)).Fit(all);
        string message = Assert.Throws<InvalidOperationException>(() => Rows.Of(model.Transform(other))).Message;
        Assert.Contains("Row 1 (counted from 0) has no order in column 'Order': its key is missing", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SlidingWindow", true)]
    [InlineData("GroupIntoSequences", true)]
    [InlineData("GroupIntoSequences, checked", true)]
    [InlineData("SlidingWindow", false)]
    public void Unix_seconds_that_Single_cannot_tell_apart_are_explained(string transform, bool areTies)
    {
        float[] seconds = areTies ? [1_700_000_000, 1_700_000_060, 1_700_000_120] : [1_700_000_120, 1_700_000_000];
        string message = Refusal(transform, seconds);
        const string explanation = "Near this value Single numbers are 128 apart, so that different times can become equal: "
            + "read the column as Double, Int64 or DateTime.";
        Assert.Equal(areTies, message.Contains(explanation, StringComparison.Ordinal));
    }

    [Fact]
    public void Ticks_that_Double_cannot_tell_apart_are_explained()
    {
        string message = Refusal("SlidingWindow", [638_000_000_000_000_000.0, 638_000_000_000_000_010.0]);
        Assert.Contains("Near this value Double numbers are 128 apart", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-02-01", "2024-01-01")]
    [InlineData("3/2/2024", "1/2/2024")]
    [InlineData("10", "9")]
    [InlineData("12:00:00", "11:00:00")]
    public void Keys_that_are_numbered_in_another_order_than_their_values_are_refused(string first, string second)
    {
        foreach (string transform in (string[])["SlidingWindow", "GroupIntoSequences"])
        {
            IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Order").Append(Transform(transform));
            string message = Assert.Throws<InvalidOperationException>(() => pipeline.Fit(View([first, second]))).Message;
            Assert.Contains($"key 1 is '{first}', key 2 '{second}'", message, StringComparison.Ordinal);
            Assert.Contains("ConvertType (outputKind: DataKind.DateTime) parses text", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_of_numbers_and_times_are_held_against_their_values_as_well()
    {
        Assert.Contains("key 1 is '7', key 2 '3'", KeyError([7, 3]), StringComparison.Ordinal);
        Assert.Contains("key 2 '1970-01-01", KeyError([DateTime.UnixEpoch.AddDays(1), DateTime.UnixEpoch]), StringComparison.Ordinal);
        Assert.Contains("key 2 '00:00:01'", KeyError([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SlidingWindow")]
    [InlineData("GroupIntoSequences")]
    public void Keys_of_other_texts_are_a_warning_and_keys_in_order_are_none(string transform)
    {
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Order").Append(Transform(transform));
        pipeline.Fit(View(["2024-01-01", "2024-01-02", "2024-02-01"]));
        pipeline.Fit(View([3, 5, 9]));
        Transform(transform).Fit(View([3, 5, 9]));
        Assert.DoesNotContain(_log, line => line.Contains(nameof(RecurrentWarning), StringComparison.Ordinal));
        pipeline.Fit(View(["low", "medium", "high"]));
        string warning = $"({nameof(RecurrentWarning)}.{nameof(RecurrentWarning.TextKeysAsOrder)})";
        Assert.Single(_log, line => line.EndsWith(warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SlidingWindow")]
    [InlineData("GroupIntoSequences, checked")]
    public void A_clock_that_is_put_back_is_told_of(string transform)
    {
        DateTime start = DateTime.Parse(Start);
        Assert.Contains(
            "has 2024-10-27 02:00:00 in order column 'Order', before the 2024-10-27 02:30:00 of the row before it",
            Refusal(transform, [start, start.AddMinutes(-30)]), StringComparison.Ordinal);
        Assert.Contains("use UTC or DateTimeOffset", Refusal(transform, [start, start.AddMinutes(-30)]), StringComparison.Ordinal);
        Assert.Contains("use UTC or DateTimeOffset", Refusal(transform, [start, start]), StringComparison.Ordinal);
        IDataView offsets = View(
            [new DateTimeOffset(start, TimeSpan.FromHours(2)), new DateTimeOffset(start.AddMinutes(-30), TimeSpan.FromHours(1))]);
        Assert.NotEmpty(Rows.Of(Transform(transform).Fit(offsets).Transform(offsets)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_engine_refuses_equal_rows_wherever_they_belong_and_goes_on(bool allowTies)
    {
        var options = new GroupIntoSequencesOptions
        {
            GroupColumnName = "Store",
            OrderColumnName = "Time",
            SequenceColumnNames = ["Sales"],
            AllowOrderTies = allowTies,
        };
        ITransformer model = _ml.Transforms.GroupIntoSequences(options)
            .Append(_ml.Transforms.CopyColumns("First", "Sales")).Fit(_ml.Data.LoadFromEnumerable<Sale>([]));
        using PredictionEngine<Sale, Sold> engine = _ml.Model.CreatePredictionEngine<Sale, Sold>(model, ignoreMissingColumns: true);
        int[] times = [5, 3, 8, 4, 3, 8, 5, 1];
        for (int i = 0; i < times.Length; i++)
        {
            (int Time, int Row)[] soFar = [.. times[..(i + 1)].Select((time, row) => (time, row))];
            var sale = new Sale { Time = times[i], Sales = i };
            if (!allowTies && Array.IndexOf(times, times[i]) < i)
            {
                string message = Assert.Throws<InvalidOperationException>(() => engine.Predict(sale)).Message;
                Assert.Contains($"the same as row {Array.IndexOf(times, times[i])}", message, StringComparison.Ordinal);
            }
            else
            {
                IEnumerable<(int Time, int Row)> kept = allowTies ? soFar : soFar.DistinctBy(row => row.Time);
                Assert.Equal(kept.OrderBy(row => row.Time).Select(row => (float)row.Row), engine.Predict(sale).First);
            }
        }
    }

    [Fact]
    public void Files_of_before_ties_were_errors_allow_them_and_refuse_missing_groups()
    {
        WindowSettings windows = Rewrite<WindowSettings>(new
        {
            OutputColumnName = "Window",
            InputColumnNames = new[] { "Sales" },
            WindowSize = 2,
            Stride = 1,
            Horizon = 0,
            Start = "Drop",
            OrderColumnName = "Time",
        });
        GroupingSettings groups = Rewrite<GroupingSettings>(new
        {
            GroupColumnName = "Store",
            SequenceColumnNames = new[] { "Sales" },
            ScalarColumnNames = Array.Empty<string>(),
            ChecksOrder = false,
            GroupsAreContiguous = false,
        });
        Assert.Equal((true, MissingRowAction.Throw), (windows.AllowsOrderTies, windows.MissingGroups));
        Assert.Equal((true, MissingRowAction.Throw), (groups.AllowsOrderTies, groups.MissingGroups));
    }

    private static T Rewrite<T>(object settings)
        where T : class
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        TransformFile.Write(writer, settings);
        stream.Position = 0;
        return TransformFile.Read<T>(new BinaryReader(stream));
    }

    private IEstimator<ITransformer> Transform(
        string name, MissingRowAction missing = MissingRowAction.Throw, bool allowTies = false) => name == "SlidingWindow"
        ? _ml.Transforms.SlidingWindow(Options(new() { MissingOrders = missing, AllowOrderTies = allowTies }))
        : _ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
        {
            GroupColumnName = "Store",
            OrderColumnName = "Order",
            SequenceColumnNames = ["Sales"],
            CheckOrder = name.EndsWith("checked", StringComparison.Ordinal),
            MissingOrders = missing,
            AllowOrderTies = allowTies,
        });

    private static SlidingWindowOptions Options(SlidingWindowOptions options)
    {
        options.OutputColumnName = "Window";
        options.InputColumnNames = ["Sales"];
        options.WindowSize = 2;
        options.GroupColumnName = "Store";
        options.OrderColumnName = "Order";
        return options;
    }

    private IDataView View<T>(T[] orders) =>
        _ml.Data.LoadFromEnumerable([.. orders.Select((order, i) => new Ordered<T> { Order = order, Sales = i })]);

    private string Refusal<T>(string transform, T[] orders) =>
        Assert.Throws<InvalidOperationException>(() => Rows.Of(Transform(transform).Fit(View(orders)).Transform(View(orders)))).Message;

    private string KeyError<T>(T[] orders) =>
        Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.Conversion.MapValueToKey("Order").Append(Transform("SlidingWindow")).Fit(View(orders))).Message;

    private sealed class Ordered<T>
    {
        public string Store { get; set; } = "A";

        public float Sales { get; set; }

        public T Order { get; set; } = default!;
    }
}
