using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A label that is among the features, under whatever name, is found; one that is not is not.</summary>
public sealed class LabelLeakTests
{
    private const int Rows = 60;

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public LabelLeakTests() => _warnings = LoggedWarnings.Of(_ml);

    /// <summary>Ways for the label to be among the features; each ends with the column Features, and the label is Label.</summary>
    private static readonly Dictionary<string, (string Slot, Func<MLContext, IEstimator<ITransformer>> Steps)> _ways = new()
    {
        ["the column itself"] = ("Sales[t]", ml => Window(ml, "Sales").Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["a copy that is the feature"] = ("Turnover[t]", ml => ml.Transforms.CopyColumns("Turnover", "Sales")
            .Append(Window(ml, "Turnover")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["gaps filled in the label"] = ("Sales[t]", ml => ml.Transforms.ReplaceMissingValues("Label", "Sales").Append(Window(ml, "Sales"))),
        ["gaps filled in the feature"] = ("Filled[t]", ml => ml.Transforms.ReplaceMissingValues("Filled", "Sales")
            .Append(Window(ml, "Filled")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["several columns in one"] = ("Pair.Sales[t]", ml => ml.Transforms.Concatenate("Pair", "Price", "Sales")
            .Append(Window(ml, "Pair")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["another type"] = ("Sales[t]", ml => ml.Transforms.Conversion.ConvertType("Label", "Exact", DataKind.Single)
            .Append(Window(ml, "Sales"))),
        ["a column normalized by its mean"] = ("Scaled[t]", ml => ml.Transforms.NormalizeMeanVariance("Scaled", "Sales", fixZero: false)
            .Append(Window(ml, "Scaled")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["a column normalized by its range"] = ("Scaled[t]", ml => ml.Transforms.NormalizeMinMax("Scaled", "Sales")
            .Append(Window(ml, "Scaled")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["a normalized label"] = ("Sales[t]", ml => ml.Transforms.NormalizeMeanVariance("Label", "Sales", fixZero: false)
            .Append(Window(ml, "Sales"))),
        ["normalized windows"] = ("Sales[t]", ml => Window(ml, "Sales")
            .Append(ml.Transforms.NormalizeMinMax("Features")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["windows normalized by this library"] = ("Sales[t]", ml => Window(ml, "Sales")
            .Append(ml.Transforms.NormalizeSequence("Features")).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["lagged windows"] = ("Sales[t]", ml => Window(ml, "Sales")
            .Append(ml.Transforms.LagFeatures("Features", [0, 1])).Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["the first of a plain vector"] = ("Sales", ml => ml.Transforms.Concatenate("Features", "Sales", "Price", "High")
            .Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["the last of a plain vector"] = ("Sales", ml => ml.Transforms.Concatenate("Features", "Price", "High", "Sales")
            .Append(ml.Transforms.CopyColumns("Label", "Sales"))),
        ["a vector of the row"] = ("Sales", ml => ml.Transforms.Concatenate("Row", "Sales", "Price")
            .Append(Window(ml, "Price")).Append(ml.Transforms.Concatenate("Features", "Features", "Row"))
            .Append(ml.Transforms.CopyColumns("Label", "Sales"))),
    };

    public static TheoryData<string> Ways => [.. _ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_label_that_is_a_slot_of_the_features_is_an_error_that_names_both(string way)
    {
        foreach (int cacheMegabytes in (int[])[256, 0])
        {
            RecurrentOptions options = Quick();
            options.CacheMegabytes = cacheMegabytes;
            string message = Assert.Throws<InvalidOperationException>(() => Fit(_ways[way].Steps(_ml), options)).Message;
            Assert.StartsWith("Label column 'Label' ", message, StringComparison.Ordinal);
            Assert.Contains($"{_ways[way].Slot}' in column 'Features' in all of the first", message, StringComparison.Ordinal);
            Assert.Contains("AllowLabelInFeatures", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_option_allows_it_without_a_warning(string way)
    {
        RecurrentOptions options = Quick();
        options.AllowLabelInFeatures = true;
        options.IgnoredWarnings = [RecurrentWarning.FlatFeatures];
        Fit(_ways[way].Steps(_ml), options);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_error_comes_after_a_thousand_rows_whatever_comes_later()
    {
        TableRow[] rows = TableRow.Generate(1200);
        rows[^1].Price = float.NaN;
        string message = Assert.Throws<InvalidOperationException>(() => Fit(_ways["the column itself"].Steps(_ml), Quick(), rows)).Message;
        Assert.Contains("equals 'Sales[t]' in column 'Features' in all of the first 1000 rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_a_later_row_is_no_leak()
    {
        AssertSilent(NextSales(["Sales", "Price"]), TableRow.Generate(200));
        TableRow[] walk = TableRow.Generate(200);
        for (int t = 1; t < walk.Length; t++)
            walk[t].Sales = walk[t - 1].Sales + walk[t].Price;
        AssertSilent(NextSales(["Sales"]), walk);
    }

    [Fact]
    public void A_slot_that_differs_once_is_no_leak()
    {
        IEstimator<ITransformer> steps = _ml.Transforms.CustomMapping<TableRow, Labeled>(
            (row, output) => output.Label = row.Price < 0.02f ? row.Sales + 1 : row.Sales, contractName: null)
            .Append(Window(_ml, "Sales"));
        AssertSilent(steps, TableRow.Generate(300));
    }

    [Fact]
    public void A_series_that_stands_still_or_grows_evenly_is_no_leak()
    {
        TableRow[] still = TableRow.Generate(300), growing = TableRow.Generate(300);
        for (int i = 0; i < still.Length; i++)
        {
            still[i].Sales = still[i % 12].Sales;
            growing[i].Sales = 3 * i + 7;
        }
        AssertSilent(
            _ml.Transforms.SlidingWindow("Features", ["Sales", "Price"], windowSize: 3, horizon: 1, groupColumnName: "Store")
                .Append(_ml.Transforms.CopyColumns("Label", "Sales")),
            still);
        AssertSilent(NextSales(["Sales", "Price"]), growing);
    }

    [Fact]
    public void A_label_that_a_column_of_an_earlier_row_decides_is_no_error()
    {
        TableRow[] rows = TableRow.Generate(100);
        for (int t = 1; t < rows.Length; t++)
            rows[t].Sales = 10 * rows[t - 1].Price;
        AssertSilent(NextSales(["Price", "Sales"]), rows);
        for (int t = 1; t < rows.Length; t++)
            rows[t].Sales = rows[t - 1].Price;
        Fit(NextSales(["Price"]), Quick(), rows);
        const string expected = "equals 'Price[t-1]' in column 'Features' in all of the first 97 rows, "
            + "so that the network learns to copy it. See that each label";
        Assert.Contains(expected, Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_all_the_same_are_no_leak()
    {
        TableRow[] rows = TableRow.Generate(100);
        foreach (TableRow row in rows)
            row.Sales = 5;
        Fit(_ways["the column itself"].Steps(_ml), Quick(), rows);
        Assert.EndsWith("(RecurrentWarning.ConstantLabels)", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_number_to_remember_is_no_leak(int place)
    {
        _ml.Regression.Trainers.Recurrent(Quick()).Fit(Echo(place));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_label_that_is_the_last_step_of_numbers_without_names_is_an_error()
    {
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Recurrent(Quick()).Fit(Echo(9))).Message;
        Assert.Contains("equals feature 0 (counted from 0) of the last step in column 'Features'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_hardly_vary_are_no_function_of_the_label()
    {
        TableRow[] rows = TableRow.Generate(200);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Price = 1e7f + i % 3;
        AssertSilent(
            _ml.Transforms.SlidingWindow("Features", ["Price"], windowSize: 3).Append(_ml.Transforms.CopyColumns("Label", "Sales")), rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_label_beside_each_step_is_a_warning_whether_lengths_differ_or_not(bool isClass)
    {
        var random = new Random(1);
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 80).Select(_ =>
        {
            float label = isClass ? random.Next(2) : random.NextSingle();
            float[] features = [.. Enumerable.Range(0, 5).SelectMany(_ => new[] { random.NextSingle(), label })];
            return new Numbers { Features = features, Label = label };
        }));
        RecurrentOptions options = Quick();
        options.NumberOfFeatures = 2;
        if (isClass)
            _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
        else
            _ml.Regression.Trainers.Recurrent(options).Fit(data);
        Assert.Contains("feature 1 (counted from 0) of the last step", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_repeats_itself_is_no_leak_whatever_its_label_is_called()
    {
        TableRow[] rows = TableRow.Generate(200);
        for (int i = 7; i < rows.Length; i++)
            rows[i].Sales = rows[i - 7].Sales;
        AssertSilent(NextSales(["Sales", "Price"], windowSize: 7), rows);
        _ml.Transforms.SlidingWindow("Features", ["Sales", "Price"], windowSize: 7, horizon: 1)
            .Append(_ml.Regression.Trainers.Recurrent(Quick("Sales"))).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_last_step_of_sequences_of_any_length_is_looked_at()
    {
        Example[] examples = Example.Generate(80);
        IDataView data = _ml.Data.LoadFromEnumerable(examples.Select(
            example => new Steps { Features = example.Features, Label = example.Features[^2] }));
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Recurrent(Quick()).Fit(data)).Message;
        Assert.Contains("equals feature 1 (counted from 0) of the last step", message, StringComparison.Ordinal);
    }

    /// <summary>Rows whose label is the number at some place.</summary>
    private IDataView Echo(int place)
    {
        var random = new Random(1);
        Numbers[] rows = [.. Enumerable.Range(0, Rows).Select(
            _ => new Numbers { Features = [.. Enumerable.Range(0, 10).Select(_ => random.NextSingle())] })];
        foreach (Numbers row in rows)
            row.Label = row.Features[place];
        return _ml.Data.LoadFromEnumerable(rows);
    }

    private static IEstimator<ITransformer> Window(MLContext ml, string column) =>
        ml.Transforms.SlidingWindow("Features", [column, "High"], windowSize: 3);

    /// <summary>Windows of these columns; the label is the Sales of the row after each.</summary>
    private IEstimator<ITransformer> NextSales(string[] columns, int windowSize = 3) =>
        _ml.Transforms.SlidingWindow("Features", columns, windowSize, horizon: 1).Append(_ml.Transforms.CopyColumns("Label", "Sales"));

    private static RecurrentOptions Quick(string label = "Label") =>
        new() { LabelColumnName = label, Layers = [new ElmanLayer(2)], NumberOfEpochs = 1, EmbeddingSize = 2, Seed = 1 };

    private void Fit(IEstimator<ITransformer> steps, RecurrentOptions options, TableRow[]? rows = null) =>
        steps.Append(_ml.Regression.Trainers.Recurrent(options)).Fit(_ml.Data.LoadFromEnumerable(rows ?? TableRow.Generate(Rows)));

    private void AssertSilent(IEstimator<ITransformer> steps, TableRow[] rows)
    {
        Fit(steps, Quick(), rows);
        Assert.Empty(_warnings);
    }

    private sealed class Labeled
    {
        public float Label { get; set; }
    }

    private sealed class Numbers
    {
        [VectorType(10)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Steps
    {
        [VectorType(0, 3)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
