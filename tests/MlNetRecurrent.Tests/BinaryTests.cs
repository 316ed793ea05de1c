using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class BinaryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Every_trainer_of_the_catalog_learns_yes_and_no()
    {
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = _ml.BinaryClassification.Trainers;
        RecurrentTrainer[] all =
        [
            trainers.ElmanRnn(hiddenSize: 8, learningRate: 0.02f),
            trainers.Lstm(hiddenSize: 8, learningRate: 0.02f),
            trainers.Gru(hiddenSize: 8, learningRate: 0.02f),
            trainers.DeepRnn([new GruLayer(6) { Bidirectional = true, Dropout = 0.1f }, new ElmanLayer(8)], learningRate: 0.02f),
            trainers.PyramidalRnn(hiddenSize: 4, learningRate: 0.02f),
            trainers.StackRnn(hiddenSize: 8, learningRate: 0.02f, numberOfStacks: 3, stackSize: 8),
        ];
        IDataView data = Data(300), test = Data(200, seed: 2);
        foreach (RecurrentTrainer trainer in all)
            Assert.InRange(_ml.BinaryClassification.Evaluate(trainer.Fit(data).Transform(test)).Accuracy, 0.95, 1);
    }

    [Fact]
    public void Probability_and_label_follow_from_the_score()
    {
        IDataView scored = Model().Transform(Data(100, seed: 2));
        float[] scores = [.. scored.GetColumn<float>("Score")];
        Assert.Equal(
            scores.Select(score => 1 / (1 + MathF.Exp(-score))),
            scored.GetColumn<float>("Probability"),
            (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(scores.Select(score => score > 0), scored.GetColumn<bool>("PredictedLabel"));
        Assert.Contains(true, scored.GetColumn<bool>("PredictedLabel"));
        Assert.Contains(false, scored.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void The_stock_evaluators_calibrators_and_cross_validation_take_it()
    {
        RecurrentTransformer model = Model();
        IDataView test = Data(200, seed: 2), scored = model.Transform(test);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(scored);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.98, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.3);
        Assert.Equal(metrics.Accuracy, _ml.BinaryClassification.EvaluateNonCalibrated(scored).Accuracy);
        IDataView calibrated = _ml.BinaryClassification.Calibrators.Platt().Fit(scored).Transform(scored);
        Assert.InRange(_ml.BinaryClassification.Evaluate(calibrated).LogLoss, 0, 0.3);
        var folds = _ml.BinaryClassification.CrossValidate(Data(300), Trainer(), numberOfFolds: 3);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.Accuracy, 0.9, 1));
    }

    [Fact]
    public void It_comes_back_from_a_file_and_scores_single_rows_as_it_scores_many()
    {
        IDataView data = Data(50);
        RecurrentTransformer model = Model();
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float>("Score"));
        using PredictionEngine<YesNo, Answer> engine = _ml.Model.CreatePredictionEngine<YesNo, Answer>(loaded);
        YesNo[] rows = [.. _ml.Data.CreateEnumerable<YesNo>(data, reuseRowObject: false)];
        Assert.Equal(expected, rows.Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void The_schema_before_the_training_is_the_schema_after_it()
    {
        IDataView data = Data(100);
        SchemaChecks.AssertSame(Trainer().GetOutputSchema(SchemaShapes.Of(data.Schema)), Model().Transform(data).Schema);
    }

    [Fact]
    public void Weights_decide_between_labels_that_contradict_each_other()
    {
        YesNo[] rows = [.. Enumerable.Range(0, 200).Select(
            i => new YesNo { Features = [1, 1, 1], Label = i % 2 == 0, Weight = i % 2 == 0 ? 9 : 1 })];
        RecurrentOptions options = Options();
        options.ExampleWeightColumnName = "Weight";
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.All(
            model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Probability"),
            probability => Assert.InRange(probability, 0.85f, 0.95f));
    }

    [Fact]
    public void A_label_that_is_not_Boolean_and_labels_that_are_all_the_same_are_refused()
    {
        IDataView examples = _ml.Data.LoadFromEnumerable(Example.Generate(10));
        string type = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer().Fit(examples)).Message;
        Assert.Contains("expected Boolean", type, StringComparison.Ordinal);
        IDataView all = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(new YesNo { Features = [1, 2, 3], Label = true }, 5));
        string labels = Assert.Throws<InvalidOperationException>(() => Trainer().Fit(all)).Message;
        Assert.Contains("All 5 rows to learn from have the same label in column 'Label', True", labels, StringComparison.Ordinal);
    }

    private static RecurrentOptions Options() => Example.QuickOptions();

    private RecurrentTrainer Trainer() => _ml.BinaryClassification.Trainers.Recurrent(Options());

    private RecurrentTransformer Model() => Trainer().Fit(Data(300));

    /// <summary>Yes where the first feature is the largest.</summary>
    private IDataView Data(int count, int seed = 1) => _ml.Data.LoadFromEnumerable(Example.Generate(count, seed).Select(
        example => new YesNo { Features = example.Features, Label = example.Label == Example.Classes[0] }).ToArray());

    private sealed class YesNo
    {
        [VectorType(0, Example.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; } = 1;
    }

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
