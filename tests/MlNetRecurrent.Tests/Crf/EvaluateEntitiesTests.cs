using Microsoft.ML;

namespace MlNetRecurrent.Tests.Crf;

/// <summary>Entities in hand-made sequences, counted as conlleval counts them.</summary>
public sealed class EvaluateEntitiesTests
{
    private static readonly string[] _names =
        ["O", "B-A", "I-A", "E-A", "S-A", "B-B", "I-B", "E-B", "S-B", "B", "I"];

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("B-A I-A O B-B", "B-A I-A O B-B", 2, 2, 2)]
    [InlineData("O O O", "O O O", 0, 0, 0)]
    [InlineData("B-A I-A I-A", "B-A I-A O", 1, 1, 0)]
    [InlineData("B-A I-A I-A", "O B-A I-A", 1, 1, 0)]
    [InlineData("B-A I-A", "B-B I-B", 1, 1, 0)]
    [InlineData("B-A B-A", "B-A I-A", 2, 1, 0)]
    [InlineData("B-A I-A", "I-A I-A", 1, 1, 1)]
    [InlineData("O I-A I-A O", "O B-A I-A O", 1, 1, 1)]
    [InlineData("B-A I-A", "B-A I-B", 1, 2, 0)]
    [InlineData("B-A B-B", "B-A I-B", 2, 2, 2)]
    [InlineData("B-A E-A S-A", "B-A I-A B-A", 2, 2, 2)]
    [InlineData("S-A O", "B-A E-A", 1, 1, 0)]
    [InlineData("E-A E-A", "S-A S-A", 2, 2, 2)]
    [InlineData("S-A I-A", "S-A S-A", 2, 2, 2)]
    [InlineData("B-A E-A I-A", "B-A E-A O", 2, 1, 1)]
    [InlineData("B I O B", "B I O O", 2, 1, 1)]
    [InlineData("B-A I-A O", "B-A I-A ?", 1, 1, 1)]
    [InlineData("? B-A I-A", "B-A I-A I-A", 1, 1, 1)]
    [InlineData("B-A ? I-A", "B-A I-A I-A", 2, 2, 2)]
    [InlineData("O ? O", "O B-A O", 0, 0, 0)]
    [InlineData("B-A", "?", 1, 0, 0)]
    public void Spans_are_counted(string labels, string predicted, int support, int found, int right)
    {
        EntityMetrics metrics = Evaluate((labels, predicted));
        Assert.Equal((support, found), ((int)metrics.Support, (int)metrics.Predicted));
        Assert.Equal(found == 0 ? 0 : (double)right / found, metrics.Precision);
        Assert.Equal(support == 0 ? 0 : (double)right / support, metrics.Recall);
        Assert.Equal(support + found == 0 ? 0 : 2.0 * right / (support + found), metrics.F1);
    }

    [Fact]
    public void Types_are_counted_by_themselves_and_rows_end_entities()
    {
        EntityMetrics metrics = Evaluate(("B-A I-A O B-B", "B-A I-A O B-A"), ("I-A O B-B", "I-A O B-B"), ("B-B I-B", "B-B O"));
        Assert.Equal(["A", "B"], metrics.PerType.Select(type => type.Name));
        Assert.Equal([(2L, 3L), (3L, 2L)], metrics.PerType.Select(type => (type.Support, type.Predicted)));
        Assert.Equal([2 / 3.0, 1 / 2.0], metrics.PerType.Select(type => type.Precision));
        Assert.Equal([1, 1 / 3.0], metrics.PerType.Select(type => type.Recall));
        Assert.Equal([4 / 5.0, 2 / 5.0], metrics.PerType.Select(type => type.F1));
        Assert.Equal((3 / 5.0, 3 / 5.0, 3 / 5.0), (metrics.Precision, metrics.Recall, metrics.F1));
        Assert.Equal(3 / 5.0, metrics.MacroF1, 1e-12);
        string[] table = metrics.GetFormattedTable().Split(Environment.NewLine);
        Assert.Equal("A        0.6667  1.0000  0.8000        2          3", table[1]);
        Assert.Equal("all      0.6000  0.6000  0.6000        5          5", table[3]);
    }

    [Fact]
    public void Labels_without_a_scheme_and_columns_that_do_not_match_are_refused()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Evaluate(["O", "NOUN"], ("O NOUN", "O O"))).Message;
        Assert.Contains("Label 'NOUN' of column 'Label' is not O, and not B, I, E or S", message, StringComparison.Ordinal);
        message = Assert.Throws<InvalidOperationException>(() => Evaluate(("O", "O"), ("O O", "O"))).Message;
        Assert.Contains("Row 1 (counted from 0) has 2 labels in column 'Label' but 1 predicted", message, StringComparison.Ordinal);
        message = Assert.Throws<InvalidOperationException>(() => Evaluate()).Message;
        Assert.Contains("no rows", message, StringComparison.Ordinal);
        IDataView data = _ml.Data.LoadFromEnumerable([new { Label = "O", PredictedLabel = "O" }]);
        message = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.EvaluateEntities(data)).Message;
        Assert.Contains("vector of keys", message, StringComparison.Ordinal);
    }

    private EntityMetrics Evaluate(params (string Labels, string Predicted)[] rows) => Evaluate(_names, rows);

    private EntityMetrics Evaluate(string[] names, params (string Labels, string Predicted)[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            rows.Select(row => new Tagged { Label = row.Labels.Split(' '), PredictedLabel = row.Predicted.Split(' ') }));
        IDataView values = _ml.Data.LoadFromEnumerable(names.Select(name => new { Name = name }));
        IDataView keyed = _ml.Transforms.Conversion
            .MapValueToKey([new InputOutputColumnPair("Label"), new InputOutputColumnPair("PredictedLabel")], keyData: values)
            .Fit(data).Transform(data);
        return _ml.MulticlassClassification.EvaluateEntities(keyed);
    }

    private sealed class Tagged
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }
}
