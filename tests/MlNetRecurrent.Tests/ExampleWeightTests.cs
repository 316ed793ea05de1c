using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class ExampleWeightTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_row_of_weight_0_is_as_if_it_were_not_there_however_far_it_is_from_the_others()
    {
        Row[] good = Rows(40);
        IEnumerable<Row> outliers = Rows(4).Select(
            row => new Row { Features = [.. row.Features.Select(value => 1e6f * value)], Label = 1e9f, Weight = 0 });
        Row[] far = [.. good, .. outliers];
        Assert.Equal(Scores(good), Scores(far));
    }

    [Fact]
    public void A_row_of_weight_3_is_as_if_it_were_there_three_times()
    {
        Row[] rows = Rows(30);
        Row[] heavy = [.. rows.Select((row, i) => new Row { Features = row.Features, Label = row.Label, Weight = i % 2 == 0 ? 3 : 1 })];
        Row[] repeated = [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, i % 2 == 0 ? 3 : 1))];
        Assert.Equal(Scores(repeated), Scores(heavy), (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.NotEqual(Scores(rows), Scores(heavy), (x, y) => Math.Abs(x - y) < 1e-3);
    }

    [Fact]
    public void Rows_that_all_weigh_nothing_or_of_which_only_those_of_one_label_weigh_anything_are_refused()
    {
        Row[] rows = [.. Rows(10).Select(row => new Row { Features = row.Features, Label = row.Label })];
        string message = Assert.Throws<InvalidOperationException>(() => Scores(rows)).Message;
        Assert.Contains("All 10 rows with a label have the weight 0 in column 'Weight'", message, StringComparison.Ordinal);
        IDataView oneClass = _ml.Data.LoadFromEnumerable(Example.Generate(30).Select(example => new YesNo
        {
            Features = example.Features,
            Label = example.Label == "red",
            Weight = example.Label == "red" ? 1 : 0,
        }));
        RecurrentTrainer trainer = _ml.BinaryClassification.Trainers.Gru(exampleWeightColumnName: "Weight", hiddenSize: 4);
        message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(oneClass)).Message;
        Assert.Contains("have the same label", message, StringComparison.Ordinal);
    }

    private float[] Scores(Row[] training) => [.. _ml.Regression.Trainers.Recurrent(new()
    {
        Layers = [new GruLayer(4)],
        ExampleWeightColumnName = "Weight",
        NumberOfEpochs = 20,
        LearningRate = 0.01f,
        BatchSize = 1000,
        Seed = 1,
    }).Fit(_ml.Data.LoadFromEnumerable(training)).Transform(_ml.Data.LoadFromEnumerable(Rows(20, seed: 2))).GetColumn<float>("Score")];

    private static Row[] Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float level = random.NextSingle();
            return new Row
            {
                Features = [.. Enumerable.Range(0, 2 * random.Next(1, 6)).Select(_ => level + 0.1f * random.NextSingle())],
                Label = 10 * level,
                Weight = 1,
            };
        })];
    }

    private sealed class Row
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; }
    }

    private sealed class YesNo
    {
        [VectorType(0, Example.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }
}
