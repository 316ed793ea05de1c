using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class PreviousModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Training_goes_on_where_the_previous_model_stands()
    {
        IDataView data = Labelled(Example.Generate(300));
        RecurrentTransformer first = Trainer(epochs: 4).Fit(data);
        RecurrentTransformer more = Trainer(epochs: 1).Fit(data, first), anew = Trainer(epochs: 1).Fit(data);
        Assert.True(LogLoss(more) < LogLoss(first), "more training makes the loss smaller");
        Assert.True(LogLoss(more) < 0.8 * LogLoss(anew), "one more epoch is better than one alone");
    }

    [Fact]
    public void The_previous_model_does_not_change_and_may_come_from_a_file()
    {
        IDataView data = Labelled(Example.Generate(100));
        RecurrentTransformer first = Trainer(epochs: 1).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(first, data.Schema, stream);
        stream.Position = 0;
        var loaded = (RecurrentTransformer)_ml.Model.Load(stream, out _);
        float[][] before = Scores(first, data);
        Assert.Equal(Scores(Trainer(epochs: 2).Fit(data, first), data), Scores(Trainer(epochs: 2).Fit(data, loaded), data));
        Assert.Equal(before, Scores(first, data));
    }

    [Fact]
    public void New_data_may_be_of_one_class_alone()
    {
        IDataView data = Labelled(Example.Generate(300));
        RecurrentTransformer first = Trainer(epochs: 4).Fit(data);
        IDataView reds = _ml.Data.FilterRowsByKeyColumnFraction(data, "Label", 0, 1.0 / 3);
        double before = MeanOfFirst(first), after = MeanOfFirst(Trainer(epochs: 4).Fit(reds, first));
        Assert.True(after > before, $"the only class that was seen again has become likelier: from {before} to {after}");

        double MeanOfFirst(RecurrentTransformer model) =>
            Scores(model, data).Average(score => score[(int)reds.GetColumn<uint>("Label").Distinct().Single() - 1]);
    }

    [Fact]
    public void The_scales_of_features_and_labels_are_those_of_the_previous_model()
    {
        RecurrentTrainer trainer = _ml.Regression.Trainers.Recurrent(new()
        {
            Layers = [new GruLayer(4)],
            NumberOfEpochs = 1,
            LearningRate = 1e-30f,
            Seed = 1,
            NumberOfFeatures = 1,
        });
        IDataView data = View(Values(1)), other = View(Values(1000));
        RecurrentTransformer first = trainer.Fit(data), second = trainer.Fit(other, first);
        Assert.Equal(first.Transform(data).GetColumn<float>("Score"), second.Transform(data).GetColumn<float>("Score"));

        IDataView View(Value[] values) => _ml.Data.LoadFromEnumerable(values);
        static Value[] Values(float scale) =>
            [.. Enumerable.Range(0, 20).Select(i => new Value { Features = [scale * i, scale], Label = scale * i })];
    }

    [Fact]
    public void A_model_of_other_layers_features_labels_or_task_is_refused_with_the_difference()
    {
        IDataView data = Labelled(Example.Generate(100));
        RecurrentTransformer previous = Trainer(epochs: 1).Fit(data);
        Refuse("GruLayer", () => _ml.MulticlassClassification.Trainers.Gru(hiddenSize: 8, numberOfEpochs: 1).Fit(data, previous), "Gru");
        Example[] others = Example.Generate(100);
        foreach (Example example in others)
            example.Label = example.Label == "red" ? "rot" : example.Label;
        Refuse("labels", () => Trainer(epochs: 1).Fit(Labelled(others), previous), "'rot'");
        IDataView yesNo = _ml.Data.LoadFromEnumerable(Example.Generate(20).Select(
            example => new YesNo { Features = example.Features, Label = example.Label == "red" }));
        Refuse(
            "task", () => _ml.BinaryClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(yesNo, previous),
            "MulticlassClassification");
        RecurrentOptions other = Example.QuickOptions();
        other.HasOutputBias = false;
        Refuse(
            "bias", () => _ml.MulticlassClassification.Trainers.Recurrent(other).Fit(data, previous),
            "HasOutputBias is True in it, the options say False");
        other = Example.QuickOptions();
        other.Layers = [new LstmLayer(9)];
        Refuse(
            "size", () => _ml.MulticlassClassification.Trainers.Recurrent(other).Fit(data, previous),
            "Layers[0].Size is 8 in it, the options say 9");
        Assert.Throws<ArgumentNullException>(() => Trainer(epochs: 1).Fit(data, null!));

        static void Refuse(string what, Func<object> fit, string expected)
        {
            string message = Assert.Throws<ArgumentException>(fit).Message;
            Assert.True(message.Contains(expected, StringComparison.Ordinal), $"{what}: {message}");
        }
    }

    [Fact]
    public void Truncated_gradients_cannot_go_on_with_a_model_that_pools_all_steps_which_is_said_by_the_option()
    {
        IDataView data = Labelled(Example.Generate(100));
        RecurrentOptions options = new() { Layers = [new GruLayer(4)], NumberOfEpochs = 1, Seed = 1 };
        RecurrentTransformer previous = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data);
        options.TruncatedBpttSteps = 2;
        Assert.Equal(
            "The training cannot go on with the previous model: Pooling is LastMeanMax in it, and TruncatedBpttSteps needs Last.",
            Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous)).Message);
    }

    private RecurrentTrainer Trainer(int epochs)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = epochs;
        return _ml.MulticlassClassification.Trainers.Recurrent(options);
    }

    private double LogLoss(RecurrentTransformer model)
    {
        IDataView scored = model.Transform(Labelled(Example.Generate(200, seed: 2)));
        return _ml.MulticlassClassification.Evaluate(scored).LogLoss;
    }

    private static float[][] Scores(RecurrentTransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    private IDataView Labelled(Example[] examples)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        return _ml.Transforms.Conversion.MapValueToKey(
            "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(data).Transform(data);
    }

    private sealed class Value
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class YesNo
    {
        [VectorType(0, Example.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
