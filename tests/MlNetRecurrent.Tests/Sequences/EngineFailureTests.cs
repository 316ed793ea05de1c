using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A row that fails in an engine leaves no trace in any transform that remembers rows.</summary>
public sealed class EngineFailureTests
{
    private static readonly Sale[] _rows =
        [.. Enumerable.Range(0, 40).Select(i => new Sale
        {
            Store = i % 3 == 0 ? "A" : "B", Time = i, Sales = i, Number = i % 7, Pair = [i, -i],
        })];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_row_that_fails_after_the_window_is_forgotten()
    {
        using SequenceEngine<Sale, Sold> engine = Engine(Window("First").Append(Failing()));
        AssertNoTrace(engine.Predict, () => engine.NumberOfGroups, i => Bad(i, price: "none"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_that_a_second_window_refuses_is_forgotten_by_the_first_one(bool plainEngine)
    {
        ITransformer model = Fit(Window("First").Append(Window("Second", order: "Time")));
        using SequenceEngine<Sale, Sold> sequenceEngine = _ml.Model.CreateSequenceEngine<Sale, Sold>(model);
        using PredictionEngine<Sale, Sold> engine = _ml.Model.CreatePredictionEngine<Sale, Sold>(model);
        AssertNoTrace(
            plainEngine ? engine.Predict : sequenceEngine.Predict, () => 0, _ => Bad(0, time: -1), isRefused: place => place >= 2);
    }

    [Fact]
    public void A_row_that_fails_between_two_windows_is_forgotten_by_the_first_one()
    {
        ITransformer model = Fit(Window("First").Append(Failing()).Append(Window("Second")));
        using PredictionEngine<Sale, Sold> engine = _ml.Model.CreatePredictionEngine<Sale, Sold>(model);
        AssertNoTrace(engine.Predict, () => 0, i => Bad(i, price: "none"));
    }

    [Theory]
    [InlineData("Time", false)]
    [InlineData("Number", false)]
    [InlineData("Time", true)]
    public void Groups_forget_a_row_that_fails_after_them(string order, bool contiguous)
    {
        var options = new GroupIntoSequencesOptions
        {
            GroupColumnName = "Store",
            OrderColumnName = order,
            SequenceColumnNames = ["Pair", "Sales"],
            ScalarColumnNames = ["Price"],
            AllowOrderTies = true,
            GroupsAreContiguous = contiguous,
        };
        using SequenceEngine<Sale, Sold> engine = Engine(_ml.Transforms.GroupIntoSequences(options)
            .Append(_ml.Transforms.CopyColumns("First", "Pair")).Append(_ml.Transforms.CopyColumns("Second", "Sales"))
            .Append(_ml.Transforms.CustomMapping<Pairs, Third>((row, _) => Assert.DoesNotContain(99, row.First), contractName: null)));
        // A row of another group ends the group before it, which a failed row must not.
        AssertNoTrace(
            engine.Predict, () => engine.NumberOfGroups, i => Bad(i),
            rows: contiguous ? _rows.OrderBy(row => row.Store) : _rows, isLastGroupKept: contiguous);
    }

    [Fact]
    public void A_row_with_a_missing_number_that_a_network_refuses_is_kept_as_in_a_view()
    {
        ITransformer model = Fit(_ml.Transforms.SlidingWindow("First", ["Sales"], 2)
            .Append(_ml.Regression.Trainers.Gru("Number", "First", hiddenSize: 2, numberOfEpochs: 1)));
        using SequenceEngine<Sale, Sold> engine = _ml.Model.CreateSequenceEngine<Sale, Sold>(model);
        using SequenceEngine<Sale, Scored> scores = _ml.Model.CreateSequenceEngine<Sale, Scored>(model);
        scores.Predict(new() { Sales = 1 });
        Assert.Throws<InvalidOperationException>(() => scores.Predict(new() { Sales = float.NaN }));
        Assert.Throws<InvalidOperationException>(() => scores.Predict(new() { Sales = 2 }));
        Assert.True(float.IsFinite(scores.Predict(new() { Sales = 3 }).Score));
    }

    [Fact]
    public void Reset_by_a_row_that_fails_in_any_way_forgets_its_group()
    {
        using SequenceEngine<Sale, Sold> engine = Engine(Window("First").Append(Failing()));
        engine.Predict(_rows[0]);
        engine.Reset(Bad(0, price: "none"));
        Assert.Equal(0, engine.NumberOfGroups);
    }

    /// <summary>Predictions are those of an engine that bad rows never came to.</summary>
    private static void AssertNoTrace(
        Func<Sale, Sold> predict, Func<int> groups, Func<int, Sale> bad, Func<int, bool>? isRefused = null,
        IEnumerable<Sale>? rows = null, bool isLastGroupKept = false)
    {
        rows ??= _rows;
        Sold[] expected = [.. rows.Select(row => predict(row))];
        int number = groups(), place = 0;
        // New stores, so that the engine begins again.
        foreach (Sale row in rows)
        {
            if (isRefused?.Invoke(place) != false)
                Assert.ThrowsAny<Exception>(() => predict(Renamed(bad(place % 4 == 3 ? -1 : place), row)));
            Sold found = predict(Renamed(row, row));
            Assert.Equal(expected[place].First, found.First);
            Assert.Equal(expected[place++].Second, found.Second);
        }
        Assert.Equal(isLastGroupKept ? number : 2 * number, groups());
    }

    private static Sale Renamed(Sale sale, Sale like) => new()
    {
        Store = sale.Store == "new" ? "new" : $"{like.Store}'",
        Number = sale.Number,
        Time = sale.Time,
        Sales = sale.Sales,
        Price = sale.Price,
        Pair = sale.Pair,
    };

    /// <summary>A row that fails, of a new group where the place is none.</summary>
    private static Sale Bad(int place, string price = "0", int time = 1000) =>
        new() { Store = place < 0 ? "new" : "A", Time = time, Number = 3, Sales = 99, Price = price, Pair = [99, 99] };

    private IEstimator<ITransformer> Window(string output, string? order = null) =>
        _ml.Transforms.SlidingWindow(output, ["Sales", "Pair"], windowSize: 3, groupColumnName: "Store", orderColumnName: order);

    private IEstimator<ITransformer> Failing() => _ml.Transforms.CustomMapping<Priced, Third>(
        (sale, third) => third.Values = [float.Parse(sale.Price, System.Globalization.CultureInfo.InvariantCulture)], contractName: null);

    private ITransformer Fit(IEstimator<ITransformer> estimator) => estimator.Fit(_ml.Data.LoadFromEnumerable(_rows));

    private SequenceEngine<Sale, Sold> Engine(IEstimator<ITransformer> estimator) =>
        _ml.Model.CreateSequenceEngine<Sale, Sold>(Fit(estimator));

    private sealed class Priced
    {
        public string Price { get; set; } = "";
    }

    private sealed class Pairs
    {
        [VectorType(0, 2)]
        public float[] First { get; set; } = [];
    }

    private sealed class Third
    {
        [ColumnName("Third"), VectorType(1)]
        public float[] Values { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
