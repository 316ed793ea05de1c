using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class DivergenceTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, RecurrentOptimizer, int> Cases()
    {
        var cases = new TheoryData<string, RecurrentOptimizer, int>();
        foreach (string cell in (string[])["Lstm", "Gru", "Elman", "Stack"])
        {
            foreach (RecurrentOptimizer optimizer in Enum.GetValues<RecurrentOptimizer>())
            {
                cases.Add(cell, optimizer, 1);
                cases.Add(cell, optimizer, 3);
            }
        }
        return cases;
    }

    [Fact]
    public void A_last_batch_that_is_hard_to_learn_is_no_divergence()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 2017).Select(i => new
        {
            Features = new[] { random.NextSingle(), random.NextSingle() },
            Label = i == 2016 ? 60 : random.NextSingle(),
            Weight = i == 2016 ? 1e6f : 1,
            Yes = i == 2016,
        }).ToArray();
        RecurrentOptions options = new() { Layers = [new GruLayer(8)], NumberOfEpochs = 3, ShufflePoolSize = 32, Seed = 1 };
        Assert.Equal(3, _ml.Regression.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows)).Training.Epochs);
        options.ExampleWeightColumnName = "Weight";
        Assert.Equal(3, _ml.Regression.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows)).Training.Epochs);
        options = new()
        {
            Layers = [new GruLayer(8)],
            NumberOfEpochs = 3,
            ShufflePoolSize = 32,
            LabelColumnName = "Yes",
            BalanceClasses = true,
            Seed = 1,
        };
        Assert.Equal(3, _ml.BinaryClassification.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows)).Training.Epochs);
    }

    [Fact]
    public void A_last_window_of_time_without_labels_is_no_divergence()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 50).Select(_ => new
        {
            Features = Enumerable.Range(0, 25).Select(_ => random.NextSingle()).ToArray(),
            Label = Enumerable.Range(0, 25).Select(t => t < 15 ? "ab"[random.Next(2)].ToString() : "?").ToArray(),
        }).ToArray();
        IDataView keys = _ml.Data.LoadFromEnumerable([new { Label = "a" }, new { Label = "b" }]), data = _ml.Data.LoadFromEnumerable(rows);
        RecurrentOptions options = new() { Layers = [new GruLayer(8)], NumberOfEpochs = 3, TruncatedBpttSteps = 5, Seed = 1 };
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", keyData: keys)
            .Append(_ml.MulticlassClassification.Trainers.SequenceTagger(options));
        Assert.Equal(3, pipeline.Fit(data).LastTransformer.Training.Epochs);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_learning_rate_of_a_million_ends_with_an_error_that_says_what_to_try(string cell, RecurrentOptimizer optimizer, int epochs)
    {
        RecurrentLayer layer = cell switch
        {
            "Lstm" => new LstmLayer(16),
            "Gru" => new GruLayer(16),
            "Elman" => new ElmanLayer(16),
            _ => new StackLayer(16),
        };
        RecurrentOptions options = new()
        {
            Layers = [layer],
            NumberOfFeatures = Example.FeaturesOfAStep,
            Optimizer = optimizer,
            LearningRate = 1e6f,
            NumberOfEpochs = epochs,
            Seed = 1,
        };
        Example[] rows = Example.Generate(100);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView values = _ml.Data.LoadFromEnumerable(rows.Select(row => new { row.Features, Label = 7 + row.Features[0] }));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        foreach (Action fit in (Action[])[
            () => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed),
            () => _ml.Regression.Trainers.Recurrent(options).Fit(values)])
        {
            string message = Assert.Throws<InvalidOperationException>(fit).Message;
            Assert.Contains("Training diverged in epoch 1", message, StringComparison.Ordinal);
            Assert.Contains("Try a learning rate below 1E+06", message, StringComparison.Ordinal);
        }
    }
}
