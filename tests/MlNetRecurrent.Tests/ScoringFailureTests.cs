using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Rows whose outputs no array can hold: each fails alone, and no other row does.</summary>
public sealed class ScoringFailureTests
{
    private const int Classes = 1 << 16, TooManySteps = (1 << 15) + 1;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void After_a_row_that_cannot_be_scored_a_cursor_stands_on_no_row_and_goes_on_to_none()
    {
        IDataView view = Model().Transform(_ml.Data.LoadFromEnumerable<Row>([Row.Of(2), Row.Of(3), Row.Of(TooManySteps), Row.Of(2)]));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Score"], view.Schema["Number"]]);
        ValueGetter<VBuffer<float>> score = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        ValueGetter<float> number = cursor.GetGetter<float>(view.Schema["Number"]);
        VBuffer<float> scores = default;
        float found = 0;
        for (int row = 0; row < 2; row++)
        {
            Assert.True(cursor.MoveNext());
            score(ref scores);
            number(ref found);
            Assert.Equal((row, Classes * (2 + row), 2 + row), (cursor.Position, scores.Length, found));
        }
        for (int i = 0; i < 3; i++)
        {
            string message = Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message;
            Assert.Contains("Shorter sequences", message, StringComparison.Ordinal);
            Assert.Equal(-1, cursor.Position);
            Assert.Contains("no row", Assert.Throws<InvalidOperationException>(() => score(ref scores)).Message, StringComparison.Ordinal);
            Assert.Contains("no row", Assert.Throws<InvalidOperationException>(() => number(ref found)).Message, StringComparison.Ordinal);
            Assert.Contains("no row", Assert.Throws<InvalidOperationException>(() => cursor.Batch).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cursor_over_its_end_gives_no_row_again_and_again()
    {
        IDataView view = Model().Transform(_ml.Data.LoadFromEnumerable<Row>([Row.Of(2)]));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.True(cursor.MoveNext());
        for (int i = 0; i < 3; i++)
        {
            Assert.False(cursor.MoveNext());
            Assert.Equal(-1, cursor.Position);
        }
    }

    [Fact]
    public void An_engine_goes_on_after_it()
    {
        using PredictionEngine<Row, Answer> engine = _ml.Model.CreatePredictionEngine<Row, Answer>(Model());
        float[] expected = engine.Predict(Row.Of(2)).Score;
        string message = Assert.Throws<InvalidOperationException>(() => engine.Predict(Row.Of(TooManySteps))).Message;
        Assert.Contains("Shorter sequences", message, StringComparison.Ordinal);
        Assert.Equal(expected, engine.Predict(Row.Of(2)).Score);
    }

    /// <summary>Together the rows have more outputs than an array holds; the first of them is scored alone.</summary>
    [Fact]
    public void A_row_that_can_be_scored_alone_can_be_scored_before_many_long_ones()
    {
        const int steps = 550;
        RecurrentTransformer model = Model();
        IDataView view = model.Transform(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 66).Select(i => Row.Of(i == 0 ? 2 : steps))));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Score"]]);
        ValueGetter<VBuffer<float>> score = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        VBuffer<float> scores = default;
        Assert.True(cursor.MoveNext());
        score(ref scores);
        using PredictionEngine<Row, Answer> engine = _ml.Model.CreatePredictionEngine<Row, Answer>(model);
        Assert.Equal(engine.Predict(Row.Of(2)).Score, scores.DenseValues());
    }

    /// <summary>A tagger of many classes.</summary>
    private RecurrentTransformer Model() => _ml.MulticlassClassification.Trainers.SequenceTagger(new()
    {
        LabelColumnName = "Tags",
        Layers = [new ElmanLayer(1)],
        NumberOfEpochs = 1,
        NumberOfFeatures = 1,
        Seed = 1,
    }).Fit(_ml.Data.LoadFromEnumerable<Row>([Row.Of(1), Row.Of(2)]));

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        [KeyType(Classes)]
        public uint[] Tags { get; set; } = [];

        public float Number { get; set; }

        public static Row Of(int steps) =>
            new() { Features = new float[steps], Tags = [.. Enumerable.Range(0, steps).Select(t => (uint)(1 + t % 2))], Number = steps };
    }

    private sealed class Answer
    {
        public float[] Score { get; set; } = [];
    }
}
