using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class BalanceClassesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_rare_class_is_as_likely_as_a_frequent_one_where_features_say_nothing()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 400).Select(i => new Example { Features = new float[6], Label = i % 10 == 0 ? "red" : "green" }));
        float MeanOfRed(bool balance)
        {
            RecurrentOptions options = Example.QuickOptions();
            options.NumberOfEpochs = 30;
            options.BalanceClasses = balance;
            return Example.Pipeline(_ml, options).Fit(data).Transform(data).GetColumn<float[]>("Score").Average(score => score[0]);
        }
        Assert.InRange(MeanOfRed(balance: false), 0.05, 0.15);
        Assert.InRange(MeanOfRed(balance: true), 0.4, 0.6);
    }

    [Fact]
    public void It_does_what_example_weights_by_class_do()
    {
        Example[] examples = [.. Example.Generate(200).Where((example, i) => example.Label != "red" || i % 4 == 0)];
        Dictionary<string, int> counts = examples.CountBy(example => example.Label).ToDictionary();
        foreach (Example example in examples)
            example.Weight = (float)examples.Length / (counts.Count * counts[example.Label]);
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        RecurrentOptions options = Example.QuickOptions();
        options.NormalizeFeatures = false;
        options.BalanceClasses = true;
        float[][] balanced = Scores(options);
        options.BalanceClasses = false;
        float[][] plain = Scores(options);
        options.ExampleWeightColumnName = "Weight";
        float[][] weighted = Scores(options);
        Assert.All(
            balanced.Zip(weighted),
            pair => Assert.True(pair.First.Zip(pair.Second).All(scores => Math.Abs(scores.First - scores.Second) < 1e-4)));
        Assert.Contains(
            balanced.Zip(plain), pair => pair.First.Zip(pair.Second).Any(scores => Math.Abs(scores.First - scores.Second) > 0.01));

        float[][] Scores(RecurrentOptions options) =>
            [.. Example.Pipeline(_ml, options).Fit(data).Transform(data).GetColumn<float[]>("Score")];
    }

    [Fact]
    public void Of_a_tagger_the_labels_of_the_steps_are_balanced()
    {
        TaggedSequence[] sequences = [.. Enumerable.Range(0, 100).Select(
            i => new TaggedSequence { Features = new float[8], Label = ["a", "a", "a", i % 2 == 0 ? "b" : "a"] })];
        IDataView data = _ml.Data.LoadFromEnumerable(sequences);
        double MeanOfB(bool balance)
        {
            RecurrentOptions options = Example.QuickOptions();
            options.BalanceClasses = balance;
            // Nothing but its bias tells the output what a step is.
            options.Layers = [new ElmanLayer(1) { Dropout = 0.9f }];
            options.NumberOfFeatures = 2;
            options.LearningRate = 0.1f;
            var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
                .Append(_ml.MulticlassClassification.Trainers.SequenceTagger(options));
            IEnumerable<float[]> rows = pipeline.Fit(data).Transform(data).GetColumn<float[]>("Score");
            return rows.Average(scores => scores.Where((_, i) => i % 2 == 1).Average());
        }
        Assert.True(MeanOfB(balance: true) > MeanOfB(balance: false) + 0.2);
    }

    [Fact]
    public void A_regression_has_no_classes()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.Recurrent(new() { BalanceClasses = true }));
        Assert.Contains("BalanceClasses", exception.Message, StringComparison.Ordinal);
    }

    private sealed class TaggedSequence
    {
        public float[] Features { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
