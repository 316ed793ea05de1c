using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A row that fails leaves no trace: what comes after it is what would have come without it.</summary>
public sealed class FailedRowTests
{
    private static readonly Sale[] _good =
    [
        new() { Sales = 1, Price = "10", Time = 1 }, new() { Sales = 2, Price = "20", Time = 2 },
        new() { Sales = 3, Price = "30", Time = 3 }, new() { Sales = 4, Price = "40", Time = 4 },
        new() { Sales = 5, Price = "50", Time = 5, Store = "B" }, new() { Sales = 6, Price = "60", Time = 6, Store = "B" },
        new() { Sales = 7, Price = "70", Time = 7 },
    ];

    private static readonly Dictionary<string, Sale> _bad = new()
    {
        ["cannot be parsed"] = new() { Sales = 8, Price = "none", Time = 9 },
        ["cannot be parsed and begins a group"] = new() { Sales = 8, Price = "none", Time = 9, Store = "B" },
        ["too short"] = new() { Sales = 8, Pair = [9], Time = 9 },
        ["too long"] = new() { Sales = 8, Pair = [9, 9, 9], Time = 9 },
        ["without a group"] = new() { Sales = 8, Store = "", Time = 9 },
        ["before the row before it"] = new() { Sales = 8, Time = 0 },
    };

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Cases =>
        [.. from transform in new[] { "window", "two windows", "passed on", "groups" } from bad in _bad.Keys select (transform, bad)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_engine_goes_on_as_if_the_row_had_never_come(string transform, string bad)
    {
        ITransformer model = Fit(transform);
        using PredictionEngine<Sale, Sold> engine = Engine(model), undisturbed = Engine(model);
        for (int i = 0; i < _good.Length; i++)
        {
            if (i is 2 or 4)
                Assert.ThrowsAny<Exception>(() => engine.Predict(_bad[bad]));
            Sold expected = undisturbed.Predict(_good[i]), found = engine.Predict(_good[i]);
            Assert.NotEmpty(expected.First);
            Assert.Equal(expected.First, found.First);
            Assert.Equal(expected.Second, found.Second);
            Assert.Equal(expected.Third, found.Third);
        }
    }

    [Theory]
    [InlineData("window", "too short")]
    [InlineData("window", "before the row before it")]
    [InlineData("groups", "too long")]
    [InlineData("groups", "before the row before it")]
    public void A_cursor_that_is_read_on_goes_on_as_if_the_row_had_never_come(string transform, string bad)
    {
        ITransformer model = Fit(transform);
        string column = transform == "groups" ? "Parsed" : "First";
        IDataView view = model.Transform(_ml.Data.LoadFromEnumerable([_good[0], _good[1], _bad[bad], .. _good[2..]]));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Func<object> getter = Rows.Getter(cursor, view.Schema[column]);
        var found = new List<float[]>();
        int failures = 0;
        for (bool isRow = true; isRow && failures < 2;)
        {
            try
            {
                isRow = cursor.MoveNext();
                if (isRow)
                {
                    Assert.Equal(found.Count, cursor.Position);
                    found.Add([.. ((Array)getter()).Cast<float>()]);
                }
            }
            catch (InvalidOperationException)
            {
                failures++;
                Assert.Throws<InvalidOperationException>(() => getter());
            }
        }
        Assert.Equal(1, failures);
        Assert.Equal(model.Transform(_ml.Data.LoadFromEnumerable(_good)).GetColumn<float[]>(column), found);
    }

    [Fact]
    public void A_row_that_fails_does_not_move_the_order()
    {
        using PredictionEngine<Sale, Sold> engine = Engine(Fit("window"));
        engine.Predict(new() { Time = 5 });
        Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Time = 3 }));
        Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Time = 4 }));
        Assert.ThrowsAny<Exception>(() => engine.Predict(new() { Time = 9, Price = "none" }));
        engine.Predict(new() { Time = 6 });
    }

    private ITransformer Fit(string transform) => Parsed.Of(_ml).Append(Transform(transform)).Fit(_ml.Data.LoadFromEnumerable(_good));

    private IEstimator<ITransformer> Transform(string name) => name switch
    {
        "window" => Window("First", ["Sales", "Pair", "Parsed"]),
        "two windows" => Window("First", ["Sales"]).Append(Window("Second", ["Pair", "Parsed", "Sales"])),
        "passed on" => Window("First", ["Sales"]).Append(_ml.Transforms.Concatenate("Second", "Pair", "Parsed")),
        _ => _ml.Transforms.GroupIntoSequences("Store", "Time", ["Sales", "Pair", "Parsed"], checkOrder: true),
    };

    private IEstimator<ITransformer> Window(string output, string[] inputs) =>
        _ml.Transforms.SlidingWindow(output, inputs, windowSize: 3, groupColumnName: "Store", orderColumnName: "Time");

    private PredictionEngine<Sale, Sold> Engine(ITransformer model)
    {
        // A scalar of the row is no vector, so that columns that become sequences are read under other names.
        IDataView sequences = model.Transform(_ml.Data.LoadFromEnumerable(_good));
        ITransformer copied = sequences.Schema["Sales"].Type is VectorDataViewType
            ? new TransformerChain<ITransformer>(model, _ml.Transforms.CopyColumns("First", "Sales")
                .Append(_ml.Transforms.CopyColumns("Second", "Pair")).Append(_ml.Transforms.CopyColumns("Third", "Parsed"))
                .Fit(sequences))
            : model;
        return _ml.Model.CreatePredictionEngine<Sale, Sold>(copied, ignoreMissingColumns: true);
    }
}
