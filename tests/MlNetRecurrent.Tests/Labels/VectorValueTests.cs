using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Regression with labels that are vectors of known size.</summary>
public sealed class VectorValueTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Each_slot_is_learned_in_its_own_unit_and_scores_have_the_names_of_the_slots()
    {
        IDataView data = View(400), test = View(200, seed: 2);
        RecurrentTransformer model = Trainer("Rates", 40).Fit(data);
        IDataView scored = model.Transform(test);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), scored.Schema["Score"].Type);
        Assert.Equal(VectorRow.Names, VectorRow.SlotsOf(scored.Schema["Score"]));
        VectorRegressionMetrics metrics = _ml.Regression.EvaluateVector(scored, "Rates");
        Assert.Equal(VectorRow.Names, metrics.PerSlot.Select(slot => slot.Name));
        Assert.All(metrics.PerSlot, slot => Assert.InRange(slot.RSquared, 0.95, 1));
        Assert.InRange(metrics.PerSlot[0].RootMeanSquaredError, 1, 120);
        Assert.InRange(metrics.PerSlot[1].RootMeanSquaredError, 1e-6, 1.2e-4);
        // The loss of targets in different units is that of the standardized labels.
        Assert.InRange(model.Training.FinalLoss, 1e-4, 0.05);
    }

    [Fact]
    public void Two_targets_at_once_are_about_as_good_as_each_alone()
    {
        var random = new Random(3);
        VectorRow[] rows = VectorRow.Generate(900);
        foreach (VectorRow row in rows)
        {
            row.Sum += (float)(200 * (random.NextDouble() + random.NextDouble() - 1));
            row.Last += (float)(2e-4 * (random.NextDouble() + random.NextDouble() - 1));
        }
        IDataView data = VectorRow.View(_ml, rows[..600]), test = VectorRow.View(_ml, rows[600..]);
        VectorRegressionMetrics both = _ml.Regression.EvaluateVector(Trainer("Rates", 40).Fit(data).Transform(test), "Rates");
        foreach ((string name, SlotRegressionMetrics found) in VectorRow.Names.Zip(both.PerSlot))
        {
            RegressionMetrics alone = _ml.Regression.Evaluate(Trainer(name, 40).Fit(data).Transform(test), name);
            Assert.InRange(found.RootMeanSquaredError / alone.RootMeanSquaredError, 0, 1.03);
        }
    }

    [Fact]
    public void A_vector_of_one_value_gives_the_weights_of_a_scalar()
    {
        IDataView data = View(100);
        IDataView single = _ml.Transforms.Concatenate("Single", "Sum").Fit(data).Transform(data);
        RecurrentTransformer scalar = Trainer("Sum").Fit(data), vector = Trainer("Single").Fit(single);
        Assert.Equal(Weights.Of(scalar), Weights.Of(vector));
        Assert.Equal(
            scalar.Transform(data).GetColumn<float>("Score"), vector.Transform(single).GetColumn<float[]>("Score").Select(Assert.Single));
    }

    [Fact]
    public void A_missing_value_masks_its_slot_alone()
    {
        VectorRow[] rows = VectorRow.Generate(400);
        for (int i = 0; i < rows.Length; i++)
        {
            if (i % 2 == 0)
                rows[i].Last = float.NaN;
            if (i % 3 == 0)
                rows[i].Sum = float.NaN;
        }
        List<string> warnings = LoggedWarnings.Of(_ml);
        RecurrentTransformer model = Trainer("Rates", 40).Fit(VectorRow.View(_ml, rows));
        // Every sixth row has no value at all.
        Assert.Equal(400 - 67, model.Training.Sequences);
        Assert.Contains(warnings, line => line.Contains("67 rows have no label", StringComparison.Ordinal));
        IDataView test = VectorRow.View(_ml, VectorRow.Generate(200, seed: 2));
        Assert.All(_ml.Regression.EvaluateVector(model.Transform(test), "Rates").PerSlot, slot => Assert.InRange(slot.RSquared, 0.9, 1));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_refused_with_its_row_and_slot()
    {
        VectorRow[] rows = VectorRow.Generate(20);
        rows[7].Last = float.NegativeInfinity;
        string message = Assert.Throws<InvalidOperationException>(() => Trainer("Rates").Fit(VectorRow.View(_ml, rows))).Message;
        Assert.Equal(
            "Label column 'Rates': row 7 (counted from 0), slot 'Last', is infinite; a value to learn is a finite number.", message);
    }

    [Fact]
    public void A_vector_of_variable_size_is_refused_with_what_is_expected()
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer("Means").Fit(View(10))).Message;
        Assert.Contains("is a vector of Single of variable length; expected Single", message, StringComparison.Ordinal);
        Assert.Contains("or a vector of Single of known size", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer("Signs").Fit(View(10))).Message;
        Assert.Contains("Label column 'Signs' is a vector of Boolean; expected Single", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_more_or_fewer_values_than_its_type_says_is_refused()
    {
        VectorRow[] rows = VectorRow.Generate(10);
        rows[4].Numbers = [1, 2, 3];
        string message = Assert.Throws<InvalidOperationException>(() => Trainer("Numbers").Fit(VectorRow.View(_ml, rows))).Message;
        Assert.Contains("Label column 'Numbers': row 4 (counted from 0) holds a vector of length 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_the_validation_data_must_have_as_many_slots()
    {
        IDataView data = View(30);
        IDataView other = _ml.Transforms.Concatenate("Rates", "Sum", "Last", "Sum").Fit(data).Transform(data);
        string message = Assert.Throws<InvalidOperationException>(() => Trainer("Rates").Fit(data, other)).Message;
        Assert.Contains("Vector<Single, 3>; that of the training data is Vector<Single, 2>", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_previous_model_must_have_the_same_slots()
    {
        IDataView data = View(30);
        RecurrentTransformer first = Trainer("Rates").Fit(data);
        Assert.Equal(
            Weights.Of(Trainer("Rates").Fit(data, first)).Length, Weights.Of(first).Length);
        AssertRefused("Sum", data, "its label is a vector of 2, that of column 'Sum' is a single value");
        IDataView three = _ml.Transforms.Concatenate("Rates", "Sum", "Last", "Sum").Fit(data).Transform(data);
        AssertRefused("Rates", three, "its label is a vector of 2, that of column 'Rates' is a vector of 3");
        IDataView others = _ml.Transforms.Concatenate("Rates", "Last", "Sum").Fit(data).Transform(data);
        AssertRefused("Rates", others, "slot 0 (counted from 0) of its label is 'Sum', that of column 'Rates' is 'Last'");

        void AssertRefused(string label, IDataView view, string expected)
        {
            string message = Assert.Throws<ArgumentException>(() => Trainer(label).Fit(view, first)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_scales_of_a_previous_model_stay_those_of_each_slot()
    {
        RecurrentOptions options = VectorRow.Options("Rates", 1);
        options.LearningRate = 1e-30f;
        RecurrentTrainer trainer = _ml.Regression.Trainers.Recurrent(options);
        VectorRow[] rows = VectorRow.Generate(30), others = VectorRow.Generate(30);
        foreach (VectorRow row in others)
            row.Sum *= 100;
        RecurrentTransformer first = trainer.Fit(VectorRow.View(_ml, rows));
        RecurrentTransformer second = trainer.Fit(VectorRow.View(_ml, others), first);
        Assert.Equal(Scores(first), Scores(second));
    }

    [Fact]
    public void A_slot_whose_values_are_all_the_same_is_named_and_learned_as_such()
    {
        VectorRow[] rows = VectorRow.Generate(100);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Last = i < 80 ? 7 : 1000;
        List<string> warnings = LoggedWarnings.Of(_ml);
        RecurrentOptions options = VectorRow.Options("Rates", 20);
        options.ValidationFraction = 0.2;
        options.ValidateOnLastRows = true;
        IDataView data = VectorRow.View(_ml, rows);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(data);
        Assert.Contains(warnings, line => line.Contains("the same, or missing, in slot 'Last'", StringComparison.Ordinal));
        Assert.All(Scores(model), scores => Assert.Equal(7, scores[1]));
        // The other labels of the validation part do not hide what is learned of the first slot.
        Assert.InRange(_ml.Regression.EvaluateVector(model.Transform(data), "Rates").PerSlot[0].RSquared, 0.9, 1);
    }

    [Fact]
    public void Streamed_data_and_any_number_of_threads_give_the_same_weights()
    {
        float[] Train(int cacheMegabytes, int threads)
        {
            RecurrentOptions options = VectorRow.Options("Rates");
            (options.CacheMegabytes, options.NumberOfThreads) = (cacheMegabytes, threads);
            options.ValidationFraction = 0.2;
            return Weights.Of(_ml.Regression.Trainers.Recurrent(options).Fit(View(150)));
        }
        float[] expected = Train(256, 1);
        Assert.Equal(expected, Train(0, 1));
        Assert.Equal(expected, Train(0, 4));
        Assert.Equal(expected, Train(256, 2));
    }

    [Fact]
    public void A_training_goes_on_from_its_checkpoint_to_the_same_weights()
    {
        IDataView data = View(100);
        float[] expected = Weights.Of(Trainer("Rates", 4).Fit(data));
        RecurrentOptions options = VectorRow.Options("Rates", 4);
        options.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        options.CheckpointInterval = TimeSpan.Zero;
        using var cancel = new CancellationTokenSource();
        options.CancellationToken = cancel.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress is { Epoch: 2, IsEpochDone: true })
                cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data));
        (options.CancellationToken, options.Progress) = (default, null);
        Assert.Equal(expected, Weights.Of(_ml.Regression.Trainers.Recurrent(options).Fit(data)));
    }

    [Fact]
    public void Metrics_of_the_validation_part_are_means_over_the_slots()
    {
        TrainingProgress? last = null;
        RecurrentOptions options = VectorRow.Options("Rates", 2);
        options.Progress = new SynchronousProgress(progress => last = progress);
        IDataView data = View(100), validation = View(50, seed: 2);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(data, validation);
        VectorRegressionMetrics expected = _ml.Regression.EvaluateVector(model.Transform(validation), "Rates");
        Assert.Equal(2, model.Training.BestEpoch);
        Assert.Equal(
            [("RootMeanSquaredError", (float)expected.RootMeanSquaredError), ("MeanAbsoluteError", (float)expected.MeanAbsoluteError)],
            last!.ValidationMetrics.Select(metric => (metric.Key, (float)metric.Value)));
        // The mean squared error over the slots, each relative to the variance of the training labels.
        float[][] labels = [.. data.GetColumn<float[]>("Rates")];
        double relative = expected.PerSlot.Select((slot, i) => slot.MeanSquaredError / Variance(labels, i)).Average();
        Assert.Equal(relative, model.Training.ValidationLoss!.Value, 1e-4 * relative);
    }

    [Fact]
    public void A_slot_that_is_among_the_features_is_named()
    {
        IDataView data = View(100);
        data = _ml.Transforms.Concatenate("Copied", "Last", "Sum").Append(_ml.Transforms.CopyColumns("Features", "Copied"))
            .Fit(data).Transform(data);
        RecurrentOptions options = VectorRow.Options("Rates");
        options.AllowLabelInFeatures = false;
        options.NumberOfFeatures = 2;
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data)).Message;
        Assert.Contains("In slot 'Sum', label column 'Rates' equals", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_engine_gives_the_scores_of_the_view()
    {
        IDataView data = View(40);
        RecurrentTransformer model = Trainer("Rates").Fit(data);
        using PredictionEngine<VectorRow, Scored> engine = _ml.Model.CreatePredictionEngine<VectorRow, Scored>(model);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score"), VectorRow.Generate(40).Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void The_evaluator_of_the_framework_takes_scalars_only_and_says_so()
    {
        IDataView data = View(30);
        IDataView scored = Trainer("Rates").Fit(data).Transform(data);
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.Evaluate(scored, "Rates")).Message;
        Assert.Contains("score column 'Score': expected Single, got Vector<Single, 2>", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IDataView View(int count, int seed = 1) => VectorRow.View(_ml, VectorRow.Generate(count, seed));

    private RecurrentTrainer Trainer(string label, int epochs = 3) =>
        _ml.Regression.Trainers.Recurrent(VectorRow.Options(label, epochs));

    private float[][] Scores(RecurrentTransformer model) => [.. model.Transform(View(20, seed: 5)).GetColumn<float[]>("Score")];

    private static double Variance(float[][] labels, int slot)
    {
        double mean = labels.Average(row => (double)row[slot]);
        return labels.Average(row => (row[slot] - mean) * (row[slot] - mean));
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
