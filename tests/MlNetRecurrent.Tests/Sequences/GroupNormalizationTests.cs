using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class GroupNormalizationTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static readonly Shop[] _table =
    [
        new("north", 1), new("south", 1000), new("north", 3), new("south", 3000), new("north", float.NaN), new("south", 5000),
    ];

    [Theory]
    [InlineData(SequenceNormalization.MeanVariance, new[] { -1, -1.2247449f, 1, 0, float.NaN, 1.2247449f })]
    [InlineData(SequenceNormalization.MinMax, new[] { 0, 0, 1, 0.5f, float.NaN, 1 })]
    [InlineData(SequenceNormalization.Robust, new[] { -1, -1, 1, 0, float.NaN, 1 })]
    public void Each_group_has_a_scale_of_its_own(SequenceNormalization mode, float[] expected)
    {
        IDataView data = View(_table);
        ITransformer scaling = _ml.Transforms.NormalizeByGroup("Scaled", "Name", "Sales", mode).Fit(data);
        Assert.Equal(expected, Column(scaling, data, "Scaled"));
        // A group is scaled by what was learned, not by the data at hand.
        Assert.Equal([expected[1]], Column(scaling, View([new("south", 1000)]), "Scaled"));
    }

    [Fact]
    public void Scores_come_back_in_the_unit_of_their_group_even_where_windows_leave_rows_out()
    {
        Shop[] table = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? new Shop("a", i) : new("b", 1000 * (i % 7)))];
        IDataView data = View(table);
        ITransformer model = _ml.Transforms.NormalizeByGroup("Scaled", "Name", "Sales")
            .Append(_ml.Transforms.SlidingWindow("Features", ["Scaled"], windowSize: 4, horizon: 1, groupColumnName: "Name"))
            .Append(_ml.Regression.Trainers.Gru("Scaled", hiddenSize: 2, numberOfEpochs: 1))
            .Append(_ml.Transforms.DenormalizeByGroup("Forecast", "Score", "Scaled"))
            .Append(_ml.Transforms.DenormalizeByGroup("Again", "Scaled", "Scaled")).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        IDataView scored = new MLContext().Model.Load(stream, out _).Transform(data);
        float[] sales = [.. scored.GetColumn<float>("Sales")], again = [.. scored.GetColumn<float>("Again")];
        Assert.Equal(60 - 2 * 4, sales.Length);
        Assert.All(sales.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-3f * (1 + pair.First)));
        var rows = scored.GetColumn<string>("Name").Zip(scored.GetColumn<float>("Score"), scored.GetColumn<float>("Forecast"));
        float[] b = [.. table.Where(row => row.Name == "b").Select(row => row.Sales)];
        double mean = b.Average(), deviation = Math.Sqrt(b.Average(value => (value - mean) * (value - mean)));
        foreach ((string _, float score, float forecast) in rows.Where(row => row.First == "b"))
            Assert.Equal(mean + deviation * score, forecast, 1e-2);
        using var engine = _ml.Model.CreatePredictionEngine<Shop, Forecasted>(model);
        foreach (Shop row in table[..10])
            Assert.Equal(row.Sales, engine.Predict(row).Again, 1e-2f);
    }

    [Fact]
    public void A_group_that_is_not_in_the_training_data_is_refused_or_has_the_scale_of_all()
    {
        string message = Refusal("west");
        Assert.Equal(
            "Row 0 (counted from 0) is in group 'west' of column 'Name', which is not in the data that NormalizeByGroup was fitted on. "
            + "With unseenGroups: UnseenGroupAction.UseAllGroups, it is scaled as all rows are.", message);
        Assert.StartsWith("Row 0 (counted from 0) has no group in column 'Name': its text is empty. With unseenGroups", Refusal(" "));
        ITransformer scaling = _ml.Transforms.NormalizeByGroup(
            "Scaled", "Name", "Sales", SequenceNormalization.MinMax, UnseenGroupAction.UseAllGroups).Fit(View([.. _table, new("", 9)]));
        Assert.Equal([0, 1, 1, 2], Column(scaling, View([new("west", 1), new("", 5000), new("north", 3), new("north", 5)]), "Scaled"));

        string Refusal(string name)
        {
            ITransformer strict = _ml.Transforms.NormalizeByGroup("Scaled", "Name", "Sales").Fit(View(_table));
            return Assert.Throws<InvalidOperationException>(() => Column(strict, View([new(name, 1)]), "Scaled")).Message;
        }
    }

    [Fact]
    public void A_row_without_a_group_is_refused_in_training()
    {
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.NormalizeByGroup("Sales", "Name").Fit(View([.. _table, new("", 9)]))).Message;
        Assert.StartsWith("Row 6 (counted from 0) has no group in column 'Name'", message);
        Assert.Throws<InvalidOperationException>(() => _ml.Transforms.NormalizeByGroup("Sales", "Name").Fit(View([])));
    }

    [Fact]
    public void Infinity_is_refused_in_training_and_in_scoring()
    {
        IDataView data = View([new("one", 1), new("one", 2)]), odd = View([new("one", 1), new("one", float.NegativeInfinity)]);
        const string expected =
            "Column 'Sales': row 1 (counted from 0) is -Infinity. Expected a finite number, or NaN where it is missing.";
        GroupNormalizingEstimator estimator = _ml.Transforms.NormalizeByGroup("Sales", "Name");
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => estimator.Fit(odd)).Message);
        ITransformer scaling = estimator.Fit(data);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => Column(scaling, odd, "Sales")).Message);
    }

    [Fact]
    public void A_group_without_any_value_is_refused_as_an_unseen_one_is()
    {
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.NormalizeByGroup("Sales", "Name")
            .Fit(View([new("one", 1), new("one", 2), new("none", float.NaN)]))).Message;
        Assert.Equal(
            "The group 'none' in column 'Name' has no value in column 'Sales': its scale cannot be learned. "
            + "With unseenGroups: UnseenGroupAction.UseAllGroups, it is scaled as all rows are.",
            message);
    }

    [Fact]
    public void A_constant_group_is_scaled_by_the_spread_of_all_and_comes_back()
    {
        IDataView data = View([new("one", 100), new("two", 0), new("two", 200), new("none", float.NaN)]);
        var ml = new MLContext(seed: 1);
        var log = new LogLines(ml);
        ITransformer scaling = ml.Transforms.NormalizeByGroup(
            "Scaled", "Name", "Sales", SequenceNormalization.MinMax, UnseenGroupAction.UseAllGroups)
            .Append(_ml.Transforms.DenormalizeByGroup("Again", "Scaled", "Scaled")).Fit(data);
        Assert.Contains(
            "2 of 3 groups in column 'Name' are constant, or have no value, in column 'Sales', and are scaled by the spread of all rows.",
            log.Infos);
        IDataView other = View([new("one", 100), new("one", 200), new("none", 50)]);
        Assert.Contains(
            "The group 'none' in column 'Name' has no value in column 'Sales' and is scaled as all rows are. "
            + "(RecurrentWarning.GroupWithoutValues)",
            log.Warnings);
        Assert.Equal([0, 0.5f, 0.25f], Column(scaling, other, "Scaled"));
        Assert.Equal([100, 200, 50], Column(scaling, other, "Again"));
        ITransformer constant = _ml.Transforms.NormalizeByGroup("Scaled", "Name", "Sales").Fit(View([new("one", 7), new("two", 7)]));
        Assert.Equal([0, 3], Column(constant, View([new("one", 7), new("two", 10)]), "Scaled"));
    }

    [Fact]
    public void Groups_may_be_of_any_type_and_are_found_again_in_a_loaded_model()
    {
        DateTime day = new(2024, 1, 1);
        AssertKept([1, 2, 1]);
        AssertKept([1.5f, -2.5f, 1.5f]);
        AssertKept([long.MaxValue, long.MinValue, long.MaxValue]);
        AssertKept([true, false, true]);
        AssertKept([day, day.AddTicks(1), day]);
        AssertKept([TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.Zero]);
        AssertKept(["\ud800", "\"\\\0", "\ud800"]);

        void AssertKept<T>(T[] groups)
        {
            IDataView data = _ml.Data.LoadFromEnumerable(groups.Select((group, i) => new Of<T> { Group = group, Sales = i }).ToArray());
            ITransformer scaling = _ml.Transforms.NormalizeByGroup("Sales", "Group", mode: SequenceNormalization.MinMax).Fit(data);
            using var stream = new MemoryStream();
            _ml.Model.Save(scaling, data.Schema, stream);
            Assert.Equal([0, 0, 1], Column(new MLContext().Model.Load(stream, out _), data, "Sales"));
        }
    }

    [Fact]
    public void Keys_with_other_values_and_groups_of_another_type_are_refused()
    {
        IEstimator<ITransformer> keys = _ml.Transforms.Conversion.MapValueToKey("Name");
        IDataView data = View(_table), keyed = keys.Fit(data).Transform(data);
        ITransformer scaling = _ml.Transforms.NormalizeByGroup("Sales", "Name").Fit(keyed);
        IDataView other = View([.. _table.Reverse()]), rekeyed = keys.Fit(other).Transform(other);
        Assert.Contains(
            "Group column 'Name' has 2 keys, as many as NormalizeByGroup was fitted on, but other values behind them",
            Assert.Throws<InvalidOperationException>(() => scaling.Transform(rekeyed)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "Group column 'Name' is String; NormalizeByGroup was fitted on groups of type keys.",
            Assert.Throws<InvalidOperationException>(() => scaling.Transform(data)).Message);
    }

    [Fact]
    public void The_inverse_needs_a_normalized_column_of_as_many_numbers()
    {
        Assert.Contains(
            "Column 'Sales' is Single; expected a column that NormalizeByGroup made.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.Transforms.DenormalizeByGroup("Out", "Sales", "Sales").Fit(View(_table))).Message,
            StringComparison.Ordinal);
        IDataView data = View(_table);
        IEstimator<ITransformer> scaling = _ml.Transforms.NormalizeByGroup("Scaled", "Name", "Sales", SequenceNormalization.MinMax)
            .Append(_ml.Transforms.Concatenate("Two", "Scaled", "Scaled")).Append(_ml.Transforms.NormalizeByGroup("Pair", "Name", "Two"));
        // The numbers of a vector, such as quantiles, share the scale of a scalar.
        ITransformer quantiles = scaling.Append(_ml.Transforms.DenormalizeByGroup("Out", "Two", "Scaled")).Fit(data);
        Assert.Equal([3000, 3000], quantiles.Transform(data).GetColumn<float[]>("Out").ElementAt(3));
        Assert.Equal(
            "Column 'Scaled' holds 1 numbers a row; column 'Pair' has 2.",
            Assert.Throws<InvalidOperationException>(
                () => scaling.Append(_ml.Transforms.DenormalizeByGroup("Out", "Scaled", "Pair")).Fit(data)).Message);
    }

    private static IDataView View(Shop[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private static float[] Column(ITransformer transformer, IDataView data, string name) =>
        [.. transformer.Transform(data).GetColumn<float>(name)];

    private sealed class Of<T>
    {
        public T Group { get; set; } = default!;

        public float Sales { get; set; }
    }

    private sealed class Shop(string name, float sales)
    {
        public Shop()
            : this("", 0)
        {
        }

        public string Name { get; set; } = name;

        public float Sales { get; set; } = sales;
    }

    private sealed class Forecasted
    {
        public float Again { get; set; }
    }
}
