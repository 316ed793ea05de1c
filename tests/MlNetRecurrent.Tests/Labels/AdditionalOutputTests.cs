using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Tests.Crf;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Networks that learn several labels at once.</summary>
public sealed class AdditionalOutputTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Each_output_is_learned_and_evaluated_under_its_name()
    {
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Several(epochs: 40)).Fit(Load(400));
        IDataView scored = model.Transform(Load(200, seed: 2));
        Assert.InRange(_ml.Regression.Evaluate(scored, "Sum").RSquared, 0.95, 1);
        BinaryClassificationMetrics signs = _ml.BinaryClassification.Evaluate(
            scored, "Sign", "Sign.Score", "Sign.Probability", "Sign.PredictedLabel");
        Assert.InRange(signs.Accuracy, 0.95, 1);
        Assert.InRange(
            _ml.MulticlassClassification.Evaluate(scored, "Third", "Third.Score", "Third.PredictedLabel").MicroAccuracy, 0.85, 1);
        Assert.All(
            _ml.Regression.EvaluateVector(scored, "Rates", "Both.Score").PerSlot, slot => Assert.InRange(slot.RSquared, 0.9, 1));
        Assert.Equal(VectorRow.Names, VectorRow.SlotsOf(scored.Schema["Both.Score"]));
    }

    [Fact]
    public void A_tagger_learns_the_class_of_the_sentence_as_well()
    {
        RecurrentOptions options = CrfTraining.Options();
        options.AdditionalOutputs = [new("HasB", OutputTask.BinaryClassification), new("Inside", OutputTask.BinaryClassification)];
        options.NumberOfEpochs = 20;
        IDataView scored = _ml.MulticlassClassification.Trainers.SequenceTagger(options)
            .Fit(Sentences(300)).Transform(Sentences(200, seed: 2));
        Assert.InRange(_ml.MulticlassClassification.EvaluateEntities(scored, "Tags").F1, 0.95, 1);
        BinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(
            scored, "HasB", "HasB.Score", "HasB.Probability", "HasB.PredictedLabel");
        Assert.InRange(metrics.Accuracy, 0.9, 1);
        Assert.Equal(
            scored.GetColumn<bool[]>("Inside").SelectMany(words => words),
            scored.GetColumn<bool[]>("Inside.PredictedLabel").SelectMany(words => words));
    }

    [Fact]
    public void Saved_streamed_resumed_and_threaded_trainings_give_the_same_model()
    {
        IDataView data = Load(100);
        RecurrentTransformer model = Fit(data, Several());
        float[] expected = Weights.Of(model);
        RecurrentOptions streamed = Several();
        (streamed.CacheMegabytes, streamed.NumberOfThreads, streamed.ShufflePoolSize) = (0, 3, 1000);
        Assert.Equal(expected, Weights.Of(Fit(data, streamed)));
        string path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, path);
        ITransformer loaded = new MLContext().Model.Load(path, out _);
        Rows.AssertEqual(Rows.Of(model.Transform(data)), Rows.Of(loaded.Transform(data)));
        using PredictionEngine<VectorRow, Predicted> engine = _ml.Model.CreatePredictionEngine<VectorRow, Predicted>(loaded);
        uint[] classes = [.. model.Transform(data).GetColumn<uint>("Third.PredictedLabel")];
        Assert.Equal(classes, VectorRow.Generate(100).Select(row => engine.Predict(row).Third));

        using var source = new CancellationTokenSource();
        RecurrentOptions stopped = Several();
        stopped.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        stopped.CheckpointInterval = TimeSpan.Zero;
        stopped.CancellationToken = source.Token;
        stopped.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Fit(data, stopped));
        (stopped.CancellationToken, stopped.Progress) = (default, null);
        Assert.Equal(expected, Weights.Of(Fit(data, stopped)));
        stopped.AdditionalOutputs = [.. stopped.AdditionalOutputs.Select(output => output with { LossWeight = 2 })];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(data, stopped)).Message;
        Assert.Contains("the weights of the additional losses was 1, 1, 1 and is 2, 2, 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_counts_for_the_outputs_for_which_it_has_a_label()
    {
        VectorRow[] rows = VectorRow.Generate(600);
        for (int i = 0; i < rows.Length; i++)
        {
            if (i % 2 == 0)
                rows[i].Last = float.NaN;
            if (i % 3 == 0)
                rows[i].Sum = float.NaN;
        }
        List<string> warnings = LoggedWarnings.Of(_ml);
        RecurrentOptions options = VectorRow.Options("Sum", 40);
        options.AdditionalOutputs = [new("Last", OutputTask.Regression)];
        RecurrentTransformer model = Fit(VectorRow.View(_ml, rows), options);
        Assert.Equal(500, model.Training.Sequences);
        Assert.Contains(warnings, line => line.Contains("100 rows have no label", StringComparison.Ordinal));
        IDataView scored = model.Transform(Load(200, seed: 2));
        Assert.InRange(_ml.Regression.Evaluate(scored, "Sum").RSquared, 0.95, 1);
        Assert.InRange(_ml.Regression.Evaluate(scored, "Last", "Last.Score").RSquared, 0.95, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_is_the_mean_of_the_losses_by_their_weights_however_many_labels_they_have(bool areMissing)
    {
        VectorRow[] rows = VectorRow.Generate(300);
        for (int i = 0; i < rows.Length && areMissing; i++)
            rows[i].Numbers = [i % 10 == 0 ? rows[i].Numbers[0] : float.NaN, float.NaN];
        RecurrentOptions options = VectorRow.Options("Sum", 1);
        options.LearningRate = 1e-30f;
        IDataView data = VectorRow.View(_ml, rows);
        options.AdditionalOutputs = [new("Numbers", OutputTask.BinaryClassification) { LossWeight = 3 }];
        RecurrentTransformer model = Fit(data, options);
        // The rate is too small to change a weight, so that the loss is that of the model.
        IDataView scored = model.Transform(data);
        double mean = rows.Average(row => row.Sum), variance = rows.Average(row => Math.Pow(row.Sum - mean, 2));
        double values = scored.GetColumn<float>("Score").Zip(rows, (score, row) => Math.Pow(score - row.Sum, 2)).Average() / variance;
        double answers = rows.Zip(scored.GetColumn<float[]>("Numbers.Probability"))
            .SelectMany(row => row.First.Numbers.Zip(row.Second))
            .Where(answer => !float.IsNaN(answer.First))
            .Average(answer => -Math.Log(answer.First == 1 ? answer.Second : 1 - answer.Second));
        Assert.Equal((values + 3 * answers) / 4, model.Training.FinalLoss, 1e-4);
    }

    [Fact]
    public void Steps_that_all_weigh_the_same_are_learned_as_a_row_of_that_weight()
    {
        IDataView data = Sentences(60);
        IDataView steps = _ml.Transforms.CustomMapping<Weighted, StepWeights>(
            (row, weights) => weights.OfSteps = [.. row.Inside.Select(_ => row.Weight)], null).Fit(data).Transform(data);
        RecurrentOptions options = CrfTraining.Options();
        options.AdditionalOutputs = [new("HasB", OutputTask.BinaryClassification), new("Inside", OutputTask.BinaryClassification)];
        options.ExampleWeightColumnName = "Weight";
        float[] expected = Weights.Of(_ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(data));
        options.ExampleWeightColumnName = "OfSteps";
        Assert.Equal(expected, Weights.Of(_ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(steps)));
    }

    [Fact]
    public void The_best_sequences_of_a_crf_come_beside_other_outputs()
    {
        RecurrentOptions options = CrfTraining.Options();
        options.AdditionalOutputs = [new("HasB", OutputTask.BinaryClassification)];
        (options.NumberOfAlternatives, options.ValidationFraction) = (3, 0.2);
        IDataView scored = _ml.MulticlassClassification.Trainers.SequenceTagger(options)
            .Fit(Sentences(100)).Transform(Sentences(20, seed: 2));
        foreach ((uint[] best, uint[] all) in scored.GetColumn<uint[]>("PredictedLabel").Zip(scored.GetColumn<uint[]>("Alternatives")))
            Assert.Equal(best, all[..best.Length]);
        Assert.All(scored.GetColumn<float>("HasB.Probability"), probability => Assert.InRange(probability, 0, 1));
    }

    [Fact]
    public void Validation_tells_the_metrics_of_each_output()
    {
        RecurrentOptions options = Several();
        options.ValidationFraction = 0.2;
        TrainingProgress? last = null;
        options.Progress = new SynchronousProgress(progress => last = progress);
        Fit(Load(100), options);
        string[] names = [.. last!.ValidationMetrics.Select(metric => metric.Key)];
        Assert.Equal("RootMeanSquaredError", names[0]);
        Assert.Contains("Sign.Accuracy", names);
        Assert.Contains("Third.MicroAccuracy", names);
        Assert.Contains(names, name => name.StartsWith("Both.", StringComparison.Ordinal));
        Assert.All(last.ValidationMetrics, metric => Assert.False(double.IsNaN(metric.Value)));
    }

    [Fact]
    public void A_training_goes_on_with_the_same_outputs_only()
    {
        IDataView data = Load(50);
        RecurrentTransformer model = Fit(data, Several());
        Assert.NotEqual(Weights.Of(model), Weights.Of(_ml.Regression.Trainers.Recurrent(Several()).Fit(data, model)));
        RecurrentOptions fewer = Several(), none = Several();
        fewer.AdditionalOutputs = [.. fewer.AdditionalOutputs.Skip(1)];
        none.AdditionalOutputs = [];
        Assert.Contains(
            "are 'Sign', 'Third', 'Both', those of the options are 'Third', 'Both'", Refusal(fewer, model), StringComparison.Ordinal);
        Assert.Contains("are 'Sign', 'Third', 'Both', those of the options are none", Refusal(none, model), StringComparison.Ordinal);
        Assert.Contains(
            "are none, those of the options are 'Sign', 'Third', 'Both'", Refusal(Several(), Fit(data, none)), StringComparison.Ordinal);

        string Refusal(RecurrentOptions options, RecurrentTransformer previous) =>
            Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data, previous)).Message;
    }

    [Fact]
    public void Classes_are_balanced_where_an_output_has_classes()
    {
        RecurrentOptions options = VectorRow.Options("Sign", 20);
        options.BalanceClasses = true;
        options.AdditionalOutputs = [new("Sum", OutputTask.Regression), new("Third", OutputTask.MulticlassClassification)];
        IDataView data = Load(200);
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
        IDataView scored = model.Transform(data);
        Assert.InRange(_ml.Regression.Evaluate(scored, "Sum", "Sum.Score").RSquared, 0.8, 1);
        Assert.InRange(_ml.BinaryClassification.Evaluate(scored, "Sign").Accuracy, 0.9, 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Fit(IDataView data, RecurrentOptions options) => _ml.Regression.Trainers.Recurrent(options).Fit(data);

    private static RecurrentOptions Several(int epochs = 3)
    {
        RecurrentOptions options = VectorRow.Options("Sum", epochs);
        options.AdditionalOutputs =
        [
            new("Sign", OutputTask.BinaryClassification), new("Third", OutputTask.MulticlassClassification),
            new("Rates", OutputTask.Regression) { Name = "Both" },
        ];
        return options;
    }

    private IDataView Load(int count, int seed = 1) => VectorRow.View(_ml, VectorRow.Generate(count, seed));

    private IDataView Sentences(int count, int seed = 1) => CrfTraining.Keyed(_ml, Sentence.Generate(count, seed));

    private sealed class Weighted
    {
        public bool[] Inside { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class StepWeights
    {
        public float[] OfSteps { get; set; } = [];
    }

    private sealed class Predicted
    {
        [ColumnName("Third.PredictedLabel")]
        [KeyType(3)]
        public uint Third { get; set; }
    }
}
