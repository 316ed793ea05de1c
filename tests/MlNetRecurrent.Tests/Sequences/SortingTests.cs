using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Rows are sorted by orders of all types, whatever their number.</summary>
public sealed class SortingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Orders_of_all_types_sort_rows_and_equal_rows_stay_as_they_came()
    {
        AssertSorts(i => i);
        AssertSorts(i => (sbyte)i);
        AssertSorts(i => (byte)i);
        AssertSorts(i => (short)i);
        AssertSorts(i => (ushort)i);
        AssertSorts(i => (uint)i);
        AssertSorts(i => (long)i);
        AssertSorts(i => (ulong)i);
        AssertSorts(i => i - 20.5f);
        AssertSorts(i => i - 20.5);
        AssertSorts(i => DateTime.UnixEpoch.AddDays(i));
        AssertSorts(i => new DateTimeOffset(2024, 1, 1, i % 24, 0, 0, TimeSpan.FromHours(i % 12)).AddHours(20 * i));
        AssertSorts(i => TimeSpan.FromHours(i - 20));
    }

    [Fact]
    public void Keys_sort_rows_by_their_numbers()
    {
        IDataView data = View([.. Shuffled().Select(i => $"{i:d3}")]);
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey(
            "Order", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(data).Transform(data);
        Assert.Equal(Shuffled().Index().OrderBy(row => row.Item).Select(row => (float)row.Index), Sort(keys));
    }

    [Theory]
    [InlineData("newest first")]
    [InlineData("oldest first")]
    [InlineData("shuffled")]
    [InlineData("all equal")]
    [InlineData("two halves")]
    public void Many_rows_are_sorted_in_time(string arrangement)
    {
        const int count = 400_000;
        int[] times = [.. Enumerable.Range(0, count)];
        if (arrangement == "newest first")
            Array.Reverse(times);
        else if (arrangement == "shuffled")
            new Random(1).Shuffle(times);
        else if (arrangement == "all equal")
            Array.Fill(times, 1);
        else if (arrangement == "two halves")
            times = [.. times[(count / 2)..], .. times[..(count / 2)]];
        IDataView data = View(times);
        var watch = Stopwatch.StartNew();
        float[] sorted = Sort(data);
        TimeSpan elapsed = watch.Elapsed;
        Assert.Equal(times.Index().OrderBy(row => row.Item).Select(row => (float)row.Index), sorted);
        // Half a second on a machine that has time; quadratic sorting takes more than thirty.
        Assert.InRange(elapsed.TotalSeconds, 0, 15);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_engine_that_is_fed_many_rows_newest_first_finds_the_last_one_each_time(bool allowTies)
    {
        const int count = 20_000;
        ITransformer model = _ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
        {
            GroupColumnName = "Store",
            OrderColumnName = "Time",
            SequenceColumnNames = ["Pair"],
            ScalarColumnNames = ["Sales"],
            AllowOrderTies = allowTies,
        }).Fit(_ml.Data.LoadFromEnumerable<Sale>([]));
        using PredictionEngine<Sale, LastSale> engine = _ml.Model.CreatePredictionEngine<Sale, LastSale>(model);
        for (int i = 0; i < count; i++)
            Assert.Equal(0, engine.Predict(new() { Time = count - i, Sales = i }).Sales);
        Assert.Equal(count, engine.Predict(new() { Time = count + 1, Sales = count }).Sales);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_engine_gives_the_rows_so_far_in_their_order(bool allowTies)
    {
        var random = new Random(3);
        int[] times = [.. Enumerable.Range(0, 300)];
        random.Shuffle(times);
        if (allowTies)
            times = [.. times.Select(time => time / 3)];
        ITransformer model = _ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
        {
            GroupColumnName = "Store",
            OrderColumnName = "Time",
            SequenceColumnNames = ["Pair"],
            AllowOrderTies = allowTies,
        }).Append(_ml.Transforms.CopyColumns("First", "Pair")).Fit(_ml.Data.LoadFromEnumerable<Sale>([]));
        using PredictionEngine<Sale, Sold> engine = _ml.Model.CreatePredictionEngine<Sale, Sold>(model);
        var sofar = new Dictionary<int, List<(int Time, int Row)>> { [0] = [], [1] = [] };
        for (int i = 0; i < times.Length; i++)
        {
            int store = random.Next(2);
            sofar[store].Add((times[i], i));
            IEnumerable<float> expected = sofar[store].OrderBy(row => row.Time).SelectMany(row => new float[] { row.Time, row.Row });
            Assert.Equal(expected, engine.Predict(new() { Store = $"{store}", Time = times[i], Pair = [times[i], i] }).First);
        }
    }

    [Fact]
    public void Many_rows_of_many_groups_are_sorted_in_time_by_an_engine()
    {
        const int count = 200_000, groups = 2000;
        int[] times = [.. Enumerable.Range(0, count)];
        new Random(4).Shuffle(times);
        ITransformer model = _ml.Transforms.GroupIntoSequences(
            new GroupIntoSequencesOptions { GroupColumnName = "Number", OrderColumnName = "Time", SequenceColumnNames = ["Sales"] })
            .Append(_ml.Transforms.CopyColumns("First", "Sales")).Fit(_ml.Data.LoadFromEnumerable<Sale>([]));
        using PredictionEngine<Sale, FirstOnly> engine = _ml.Model.CreatePredictionEngine<Sale, FirstOnly>(model);
        var row = new Sale();
        float[] last = [];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            (row.Number, row.Time, row.Sales) = (i % groups, times[i], times[i]);
            last = engine.Predict(row).First;
        }
        // Half a second on a machine that has time.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
        Assert.Equal(times.Where((_, i) => i % groups == groups - 1).Order().Select(time => (float)time), last);
    }

    private void AssertSorts<T>(Func<int, T> order)
        where T : IComparable<T>
    {
        T[] orders = [.. Shuffled().Select(i => order(i / 2 * 2))];
        IEnumerable<float> expected = orders.Index().OrderBy(row => row.Item).Select(row => (float)row.Index);
        Assert.Equal(expected, Sort(View(orders)));
    }

    private static int[] Shuffled()
    {
        int[] numbers = [.. Enumerable.Range(0, 60)];
        new Random(2).Shuffle(numbers);
        return numbers;
    }

    private float[] Sort(IDataView data) => _ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
    {
        GroupColumnName = "Store",
        OrderColumnName = "Order",
        SequenceColumnNames = ["Sales"],
        AllowOrderTies = true,
    }).Fit(data).Transform(data).GetColumn<float[]>("Sales").Single();

    private IDataView View<T>(T[] orders) =>
        _ml.Data.LoadFromEnumerable([.. orders.Select((order, i) => new Ordered<T> { Order = order, Sales = i })]);

    private sealed class Ordered<T>
    {
        public int Store { get; set; }

        public float Sales { get; set; }

        public T Order { get; set; } = default!;
    }

    private sealed class FirstOnly
    {
        public float[] First { get; set; } = [];
    }

    private sealed class LastSale
    {
        public float Sales { get; set; }
    }
}
