using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class ValidationTests
{
    private const int Rows = ValidationExamples.Count, Trained = ValidationExamples.Trained;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void What_is_set_aside_changes_nothing_in_what_is_learnt()
    {
        RecurrentTransformer Train(float feature, bool streamed)
        {
            Example[] rows = Data(noise: 0);
            foreach (Example row in rows[Trained..])
                row.Features = [feature, feature, feature];
            RecurrentOptions options = Options();
            options.NumberOfEpochs = 1;
            options.CacheMegabytes = streamed ? 0 : 256;
            return _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(rows));
        }
        float[] weights = Weights.Of(Train(1, streamed: false));
        Assert.Equal(weights, Weights.Of(Train(1e6f, streamed: false)));
        Assert.Equal(weights, Weights.Of(Train(-1e6f, streamed: true)));
    }

    [Fact]
    public void The_training_stops_when_validation_gets_no_better_and_the_best_weights_are_kept()
    {
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);
        var losses = new List<double>();
        var reports = new List<TrainingProgress>();
        RecurrentOptions options = Options();
        options.Planned().NumberOfEpochs = 500;
        options.EarlyStoppingPatience = 4;
        options.Progress = new SynchronousProgress(progress =>
        {
            reports.Add(progress);
            if (progress.IsEpochDone)
                losses.Add(progress.ValidationLoss!.Value);
        });
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(Data(noise: 0.6)));
        int best = losses.IndexOf(losses.Min()) + 1;
        Assert.Equal(best + 4, losses.Count);
        Assert.Equal((losses.Count, best, losses.Min()), (model.Training.Epochs, model.Training.BestEpoch, model.Training.ValidationLoss));
        string kept = $"The weights of epoch {best}, whose loss is the smallest, are kept";
        Assert.Contains(log, line => line.Contains(kept, StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains($"The training ends after {losses.Count} epochs", StringComparison.Ordinal));
        Assert.All(reports[..^1], report => Assert.True(!report.IsTrainingDone && report.Fraction < 1));
        Assert.True(reports[^1] is { IsTrainingDone: true, Fraction: 1 } && reports[^1].TimeLeft == TimeSpan.Zero);
        options.NumberOfEpochs = best;
        options.EarlyStoppingPatience = 0;
        options.Progress = null;
        Assert.Equal(Weights.Of(model), Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(Data(noise: 0.6)))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void The_learning_rate_is_halved_after_each_epoch_that_was_not_the_best(double validationFraction)
    {
        var reports = new List<TrainingProgress>();
        RecurrentOptions options = Options();
        options.ValidationFraction = validationFraction;
        options.Schedule = LearningRateSchedule.HalveOnPlateau;
        options.LearningRate = 0.5f;
        options.NumberOfEpochs = 30;
        options.Progress = new SynchronousProgress(reports.Add);
        IDataView data = Keyed(Data(noise: 0.6));
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data);
        Assert.Equal(30, reports.Count(report => report.IsEpochDone));
        double rate = 0.5, smallest = double.PositiveInfinity;
        int best = 0;
        foreach (TrainingProgress report in reports)
        {
            // The rate is the same in all batches of an epoch.
            Assert.Equal(rate, report.LearningRate, 1e-9);
            if (!report.IsEpochDone)
                continue;
            double loss = validationFraction > 0 ? report.ValidationLoss!.Value : report.Loss;
            if (loss < smallest)
                (smallest, best) = (loss, report.Epoch);
            else
                rate /= 2;
            Assert.Equal(best, report.BestEpoch);
        }
        Assert.InRange(rate, 1e-9, 0.1);
        Assert.InRange(best, 2, 30);
        Assert.Equal(best, model.Training.BestEpoch);
        // The weights that are kept are those after the best epoch, with which a shorter training ends.
        options.NumberOfEpochs = best;
        options.Progress = null;
        Assert.Equal(Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data)), Weights.Of(model));
    }

    [Theory]
    [InlineData("red", 40)]
    [InlineData("green", 60)]
    [InlineData("blue", 100)]
    public void Rows_at_random_are_a_part_of_each_class(string first, int count)
    {
        // An untrained network takes every row for the first class: its accuracy is the share of that class in the validation part.
        int[] turns = [.. Enumerable.Range(0, Rows).Select(i => i % 10)];
        Example[] rows = [.. turns.Select(
            turn => new Example { Features = new float[3], Label = turn < 2 ? "red" : turn < 5 ? "green" : "blue" })];
        IDataView data = Keyed([.. rows.SkipWhile(row => row.Label != first), .. rows.TakeWhile(row => row.Label != first)]);
        for (int seed = 1; seed <= 6; seed++)
        {
            TrainingProgress? told = null;
            RecurrentOptions options = Options();
            options.ValidateOnLastRows = false;
            options.ValidationFraction = 0.2;
            options.NumberOfEpochs = 1;
            options.LearningRate = 1e-30f;
            options.Seed = seed;
            options.Progress = new SynchronousProgress(progress => told = progress);
            RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data);
            Assert.Equal(0.8 * Rows, model.Training.Sequences, 1e-9);
            Assert.Equal((double)count / Rows, told!.ValidationMetrics[0].Value, 1e-9);
        }
    }

    [Fact]
    public void The_seed_says_which_rows_are_set_aside()
    {
        IDataView data = Keyed(Data(noise: 0.6));
        RecurrentTransformer previous = _ml.MulticlassClassification.Trainers.Recurrent(Options()).Fit(data);
        // All begin with the same weights, which stay: nothing but the rows that are set aside tells the losses apart.
        double Loss(int seed)
        {
            RecurrentOptions options = Options();
            options.ValidateOnLastRows = false;
            options.LearningRate = 1e-30f;
            options.NumberOfEpochs = 1;
            options.Seed = seed;
            return _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous).Training.ValidationLoss!.Value;
        }
        Assert.Equal(Loss(1), Loss(1));
        Assert.Equal(4, Enumerable.Range(1, 4).Select(Loss).Distinct().Count());
    }

    [Fact]
    public void A_fraction_that_leaves_no_row_is_an_error_that_says_so()
    {
        RecurrentOptions options = Options();
        options.ValidationFraction = 0.01;
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(Data(noise: 0)[..10]))).Message;
        Assert.Contains("10 rows", message, StringComparison.Ordinal);
        Assert.Contains("validation", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(RecurrentOptions.ValidationFraction))]
    [InlineData(nameof(RecurrentOptions.EarlyStoppingPatience))]
    public void Options_out_of_their_range_are_refused_when_the_trainer_is_made(string option)
    {
        RecurrentOptions options = Example.QuickOptions();
        if (option == nameof(RecurrentOptions.ValidationFraction))
            options.ValidationFraction = 1;
        else
            (options.ValidationFraction, options.EarlyStoppingPatience) = (0, 3);
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options)).Message;
        Assert.Contains(option, message, StringComparison.Ordinal);
    }

    private static RecurrentOptions Options() => ValidationExamples.Options();

    private static Example[] Data(double noise) => ValidationExamples.Generate(noise);

    private IDataView Keyed(Example[] rows) => Keyed(_ml.Data.LoadFromEnumerable(rows));

    private IDataView Keyed(IDataView rows) => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
}
