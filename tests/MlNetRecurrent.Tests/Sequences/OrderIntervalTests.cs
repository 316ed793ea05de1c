using Microsoft.ML;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Gaps between rows, by the interval that is expected of their order.</summary>
public sealed class OrderIntervalTests
{
    private const string Start = "2024-10-27 02:30:00";

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_gap_is_found_by_the_expected_interval()
    {
        DateTime start = DateTime.Parse(Start);
        string message = GapRefusal(new() { OrderTimeInterval = TimeSpan.FromHours(1) }, [start, start.AddHours(1), start.AddHours(3)]);
        Assert.Contains(
            "Row 2 (counted from 0) has 2024-10-27 05:30:00 in order column 'Order', but the row before it in group 'A' "
            + "of column 'Store' has 2024-10-27 03:30:00; the expected interval is 01:00:00.",
            message, StringComparison.Ordinal);
        AssertGap(
            "01:00:00", new() { OrderTimeInterval = TimeSpan.FromHours(1) },
            [new DateTimeOffset(start, default), new(start.AddMinutes(30), default)]);
        AssertGap(
            "00:00:02", new() { OrderTimeInterval = TimeSpan.FromSeconds(2) }, [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)]);
        AssertGap("1.", new() { OrderInterval = 1 }, [1, 2, 4]);
        AssertGap("60.", new() { OrderInterval = 60 }, [1_700_000_000L, 1_700_000_060L, 1_700_000_119L]);
        AssertGap("0.1.", new() { OrderInterval = 0.1 }, [0.1f, 0.2f, 0.4f]);
        AssertGap("0.1.", new() { OrderInterval = 0.1 }, [0.1, 0.2, 0.4]);
        float[] coarse = [100_000.1f, 100_000.2f, 100_000.4f];
        AssertGap("0.1.", new() { OrderInterval = 0.1 }, coarse);

        void AssertGap<T>(string interval, SlidingWindowOptions options, T[] orders) =>
            Assert.Contains("the expected interval is " + interval, GapRefusal(options, orders), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_at_the_expected_interval_are_taken()
    {
        Take(new() { OrderInterval = 0.1 }, [.. Enumerable.Range(0, 50).Select(i => 0.1f * i)]);
        Take(new() { OrderInterval = 0.1 }, [.. Enumerable.Range(0, 50).Select(i => 100_000 + 0.1f * i)]);
        Take(new() { OrderInterval = 2 }, [.. Enumerable.Range(0, 50).Select(i => (byte)(2 * i))]);
        Take(new() { OrderInterval = 1 }, [long.MaxValue - 1, long.MaxValue]);
        Take(new() { OrderTimeInterval = TimeSpan.FromDays(1) }, [DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1)]);
        Take(new() { OrderTimeInterval = TimeSpan.FromDays(1), AllowOrderTies = true }, [DateTime.UnixEpoch, DateTime.UnixEpoch]);
    }

    [Fact]
    public void An_interval_of_another_kind_than_the_order_is_refused()
    {
        Assert.Contains("needs a number or a key", GapRefusal(new() { OrderInterval = 1 }, [DateTime.UnixEpoch]), StringComparison.Ordinal);
        string message = GapRefusal(new() { OrderTimeInterval = TimeSpan.FromDays(1) }, [1]);
        Assert.Contains("needs DateTime, DateTimeOffset or TimeSpan", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("OrderInterval", () => Window(new() { OrderInterval = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("OrderInterval", () => Window(new() { OrderInterval = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("OrderTimeInterval", () => Window(new() { OrderTimeInterval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>("MissingOrders", () => Window(new() { MissingOrders = (MissingRowAction)2 }));
        Assert.Throws<ArgumentException>(
            "OrderInterval", () => Window(new() { OrderInterval = 1, OrderTimeInterval = TimeSpan.FromDays(1) }));
        Assert.Throws<ArgumentException>(
            "OrderInterval",
            () => _ml.Transforms.SlidingWindow(new SlidingWindowOptions { InputColumnNames = ["Sales"], OrderInterval = 1 }));

        IEstimator<ITransformer> Window(SlidingWindowOptions options) => _ml.Transforms.SlidingWindow(Options(options));
    }

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

    private string GapRefusal<T>(SlidingWindowOptions options, T[] orders) =>
        Assert.Throws<InvalidOperationException>(() => Take(options, orders)).Message;

    private void Take<T>(SlidingWindowOptions options, T[] orders) =>
        Rows.Of(_ml.Transforms.SlidingWindow(Options(options)).Fit(View(orders)).Transform(View(orders)));

    private sealed class Ordered<T>
    {
        public string Store { get; set; } = "A";

        public float Sales { get; set; }

        public T Order { get; set; } = default!;
    }
}
