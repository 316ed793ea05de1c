using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>What the evaluation of tags refuses is named: the column, the row, the step, what was expected and what was found.</summary>
public sealed class EvaluateSequencesErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_column_that_is_missing()
    {
        SchemaFails(new { PredictedLabel = 1f, Score = 1f }, "Label column 'Label' is missing", "PredictedLabel, Score");
        SchemaFails(new { Label = 1f, Score = 1f }, "Predicted label column 'PredictedLabel' is missing", "Label, Score");
        SchemaFails(new { Label = 1f, PredictedLabel = 1f }, "Score column 'Score' is missing", "Label, PredictedLabel");
    }

    [Fact]
    public void A_column_of_another_type()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<ScoredStep>([new() { Label = 1, PredictedLabel = 1, Score = [1, 0, 0] }]);
        TypeFails(data, "Label column 'Label' is Key<UInt32, 0-2>; expected a vector of keys");
        TypeFails(WithColumn("Label", "Score"), "Label column 'Label' is Vector<Single, *, 3>; expected a vector of keys");
        TypeFails(
            WithColumn("PredictedLabel", "Score"),
            "Predicted label column 'PredictedLabel' is Vector<Single, *, 3>; expected a vector of keys");
        TypeFails(WithColumn("Score", "Label"), "Score column 'Score' is Vector<Key<UInt32, 0-2>>; expected Vector<Single, *, C>");
        TypeFails(
            Retyped(new VectorDataViewType(NumberDataViewType.Single), "Score"),
            "Score column 'Score' is Vector<Single>; expected Vector<Single, *, C>");
        TypeFails(
            Retyped(new VectorDataViewType(NumberDataViewType.Single, 3, 0), "Score"),
            "Score column 'Score' is Vector<Single, 3, *>; expected Vector<Single, *, C>");

        void TypeFails(IDataView view, string part) => Contains(
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.EvaluateSequences(view)).Message, part);
    }

    [Fact]
    public void A_name_that_is_empty()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ScoredSequence.ByHand());
        var exception = Assert.Throws<ArgumentException>(
            () => _ml.MulticlassClassification.EvaluateSequences(data, scoreColumnName: ""));
        Assert.Equal("scoreColumnName", exception.ParamName);
    }

    [Fact]
    public void Keys_that_differ_in_number() =>
        DataFails(Retyped(Keys(4), "PredictedLabel"), "'Label' has keys of 3 values", "'PredictedLabel' of 4");

    [Fact]
    public void Keys_that_differ_in_meaning() =>
        DataFails(
            ScoredSequence.Named(_ml, ["noun", "verb", "other"], ["noun", "other", "verb"]),
            "Key 2 is 'verb' in label column 'Label' but 'other' in predicted label column 'PredictedLabel'",
            "MapValueToKey");

    [Fact]
    public void Keys_of_too_many_values() =>
        DataFails(Retyped(Keys(2_000_000), "Label", "PredictedLabel"), "'Label' has keys of 2000000 values");

    [Fact]
    public void A_row_with_more_labels_than_predictions() =>
        DataFails(
            Rows(new([1, 2], [1], [1, 0, 0, 0, 1, 0])),
            "Row 5 ", "2 labels in column 'Label'", "1 predicted labels in column 'PredictedLabel'");

    [Fact]
    public void A_row_with_too_few_scores() =>
        DataFails(Rows(new([1, 2], [1, 2], [1, 0, 0, 0, 1])), "Score column 'Score': row 5 ", "length 5", "2 steps of 3 classes are 6");

    [Fact]
    public void A_label_beyond_the_classes_of_the_scores()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<FourLabels>(
            [new() { Label = [1, 4], PredictedLabel = [1, 1], Score = [1, 0, 0, 1, 0, 0] }]);
        DataFails(data, "Label column 'Label': row 0, step 1 ", "key 4", "'Score' has 3 classes");
    }

    [Fact]
    public void A_key_beyond_those_of_its_type()
    {
        DataFails(Rows(new([1, 7], [1, 2], [1, 0, 0, 0, 1, 0])), "Label column 'Label': row 5, step 1 ", "key 7, beyond the 3");
        DataFails(
            Rows(new([1, 2], [8, 2], [1, 0, 0, 0, 1, 0])),
            "Predicted label column 'PredictedLabel': row 5, step 0 ", "key 8, beyond the 3");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(2.5f, "2.5")]
    public void A_score_that_is_no_probability(float score, string text) =>
        DataFails(
            Rows(new([1, 2], [1, 2], [1, 0, 0, 0, score, 0])),
            "Score column 'Score': row 5, step 1 ", $"class 2 the score {text}", "0..1");

    [Fact]
    public void No_rows() => DataFails(_ml.Data.LoadFromEnumerable<ScoredSequence>([]), "no rows");

    [Fact]
    public void No_step_with_a_label() =>
        DataFails(
            _ml.Data.LoadFromEnumerable<ScoredSequence>([new([0], [1], [1, 0, 0]), new([], [], [])]),
            "No step of the 2 rows", "'Label'");

    /// <summary>The rows computed by hand, and one more, which is row 5.</summary>
    private IDataView Rows(ScoredSequence last) => _ml.Data.LoadFromEnumerable<ScoredSequence>([.. ScoredSequence.ByHand(), last]);

    private static VectorDataViewType Keys(ulong count) => new(new KeyDataViewType(typeof(uint), count));

    /// <summary>The rows computed by hand, with another type of these columns.</summary>
    private IDataView Retyped(DataViewType type, params string[] columns)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ScoredSequence));
        foreach (string column in columns)
            schema[column].ColumnType = type;
        return _ml.Data.LoadFromEnumerable(ScoredSequence.ByHand(), schema);
    }

    private IDataView WithColumn(string name, string source)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ScoredSequence.ByHand());
        return _ml.Transforms.CopyColumns(name, source).Fit(data).Transform(data);
    }

    private void SchemaFails<T>(T row, params string[] parts)
        where T : class =>
        Contains(
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.MulticlassClassification.EvaluateSequences(_ml.Data.LoadFromEnumerable([row]))).Message,
            parts);

    private void DataFails(IDataView data, params string[] parts) =>
        Contains(Assert.Throws<InvalidOperationException>(() => _ml.MulticlassClassification.EvaluateSequences(data)).Message, parts);

    private static void Contains(string message, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));

    private sealed class FourLabels
    {
        [KeyType(4)]
        public uint[] Label { get; set; } = [];

        [KeyType(4)]
        public uint[] PredictedLabel { get; set; } = [];

        [VectorType(0, 3)]
        public float[] Score { get; set; } = [];
    }
}
