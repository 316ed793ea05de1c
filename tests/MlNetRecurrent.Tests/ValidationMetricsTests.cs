using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>The metrics of the validation part are those of the evaluators on the same rows.</summary>
public sealed class ValidationMetricsTests
{
    private const int Trained = ValidationExamples.Trained;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_metrics_of_a_multiclass_training_are_those_that_Evaluate_finds_on_the_same_rows()
    {
        IDataView data = Keyed(Data(noise: 0.4));
        (RecurrentTransformer model, TrainingProgress best) = Train(_ml.MulticlassClassification.Trainers.Recurrent, data);
        MulticlassClassificationMetrics expected = _ml.MulticlassClassification.Evaluate(model.Transform(Last(data)));
        Assert.InRange(expected.MicroAccuracy, 0.4, 0.99);
        AssertMetrics([("MicroAccuracy", expected.MicroAccuracy), ("MacroAccuracy", expected.MacroAccuracy)], best.ValidationMetrics, Same);
        Assert.Equal(expected.LogLoss, best.ValidationLoss!.Value, 1e-5);
        Assert.Equal(best.ValidationLoss, model.Training.ValidationLoss);
    }

    [Fact]
    public void Those_of_a_binary_training_too()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Data(noise: 0.4).Select(
            row => new YesNo { Features = row.Features, Label = row.Label == "red" }));
        (RecurrentTransformer model, TrainingProgress best) = Train(_ml.BinaryClassification.Trainers.Recurrent, data);
        CalibratedBinaryClassificationMetrics expected = _ml.BinaryClassification.Evaluate(model.Transform(Last(data)));
        AssertMetrics([("Accuracy", expected.Accuracy), ("AreaUnderRocCurve", expected.AreaUnderRocCurve)], best.ValidationMetrics, Same);
        Assert.Equal(expected.LogLoss * Math.Log(2), best.ValidationLoss!.Value, 1e-5);
    }

    [Fact]
    public void Those_of_a_regression_too_in_the_unit_of_the_labels()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Data(noise: 0).Select(
            row => new Measured { Features = row.Features, Label = 100 + 30 * row.Features[0] }));
        (RecurrentTransformer model, TrainingProgress best) = Train(_ml.Regression.Trainers.Recurrent, data);
        RegressionMetrics expected = _ml.Regression.Evaluate(model.Transform(Last(data)));
        AssertMetrics(
            [("RootMeanSquaredError", expected.RootMeanSquaredError), ("MeanAbsoluteError", expected.MeanAbsoluteError)],
            best.ValidationMetrics, Near);
        Assert.Equal(1, expected.MeanSquaredError / best.ValidationLoss!.Value, 1e-4);
    }

    [Fact]
    public void Those_of_a_tagger_too()
    {
        var random = new Random(1);
        Tags[] rows = [.. Data(noise: 0).Select(row => new Tags
        {
            Features = row.Features,
            Label = [.. row.Features.Chunk(3).Select(step => random.Next(5) == 0 ? "?" : step[0] > step[1] ? "a" : "b")],
        })];
        IDataView data = Keyed(_ml.Data.LoadFromEnumerable(rows));
        (RecurrentTransformer model, TrainingProgress best) = Train(_ml.MulticlassClassification.Trainers.SequenceTagger, data);
        SequenceTaggingMetrics expected = _ml.MulticlassClassification.EvaluateSequences(model.Transform(Last(data)));
        AssertMetrics(
            [("TokenAccuracy", expected.TokenAccuracy), ("SequenceAccuracy", expected.SequenceAccuracy), ("MacroF1", expected.MacroF1)],
            best.ValidationMetrics, Same);
        Assert.Equal(expected.LogLoss, best.ValidationLoss!.Value, 1e-5);
    }

    [Fact]
    public void Validation_data_of_one_class_has_metrics_as_far_as_they_are_defined()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Data(noise: 0).Select(
            (row, i) => new YesNo { Features = row.Features, Label = i < Trained && i % 2 == 0 }));
        (_, TrainingProgress best) = Train(_ml.BinaryClassification.Trainers.Recurrent, data);
        Assert.InRange(best.ValidationMetrics[0].Value, 0, 1);
        Assert.True(double.IsNaN(best.ValidationMetrics[1].Value));
    }

    /// <summary>A model, and what was told of the epoch whose weights it has.</summary>
    private static (RecurrentTransformer Model, TrainingProgress Best) Train(Func<RecurrentOptions, RecurrentTrainer> make, IDataView data)
    {
        var epochs = new List<TrainingProgress>();
        RecurrentOptions options = ValidationExamples.Options();
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.IsEpochDone)
                epochs.Add(progress);
        });
        RecurrentTransformer model = make(options).Fit(data);
        return (model, epochs[model.Training.BestEpoch - 1]);
    }

    private static Example[] Data(double noise) => ValidationExamples.Generate(noise);

    private IDataView Keyed(Example[] rows) => Keyed(_ml.Data.LoadFromEnumerable(rows));

    private IDataView Keyed(IDataView rows) => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);

    private IDataView Last(IDataView data) => _ml.Data.SkipRows(data, Trained);

    private static void AssertMetrics(
        (string Name, double Value)[] expected, IReadOnlyList<KeyValuePair<string, double>> found,
        Func<(string, double), KeyValuePair<string, double>, bool> equals)
    {
        Assert.Equal(expected.Length, found.Count);
        Assert.All(
            expected.Zip(found), pair => Assert.True(equals(pair.First, pair.Second), $"expected {pair.First}, found {pair.Second}"));
    }

    private static bool Same((string Name, double Value) expected, KeyValuePair<string, double> found) =>
        expected.Name == found.Key && Math.Abs(expected.Value - found.Value) < 1e-12;

    /// <summary>ML.NET sums errors in single precision.</summary>
    private static bool Near((string Name, double Value) expected, KeyValuePair<string, double> found) =>
        expected.Name == found.Key && Math.Abs(expected.Value / found.Value - 1) < 1e-5;

    private sealed class YesNo
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Measured
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Tags
    {
        public float[] Features { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
