using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Reports;

/// <summary>
/// What a training reports. At a learning rate next to nothing the weights stay, so that each figure follows from the model's scores.
/// </summary>
public sealed class TrainingReportTests
{
    private const float Still = 1e-30f;

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<TrainingProgress> _reports = [];

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(1000f, 5000f)]
    [InlineData(1e-3f, -7f)]
    public void The_losses_of_a_regression_are_squared_errors_in_the_unit_of_the_labels(float unit, float origin)
    {
        Row[] rows = Rows(80, value => origin + unit * value);
        RecurrentTransformer model = Train(_ml.Regression.Trainers.Recurrent, rows, Options("Value", validationFraction: 0.25));
        double[] errors = [.. Scores(model, rows).Zip(rows, (score, row) => Math.Pow((double)score - row.Value, 2))];
        IsNear(errors[..60].Average(), model.Training.FinalLoss, 1e-3);
        IsNear(errors[60..].Average(), model.Training.ValidationLoss!.Value, 1e-3);
        IsNear(model.Training.FinalLoss, _reports[^1].Loss, 1e-12);
        IsNear(model.Training.ValidationLoss!.Value, _reports[^1].ValidationLoss!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void Losses_are_means_by_weight_and_only_that_of_the_training_is_smoothed(float smoothing)
    {
        Row[] rows = Rows(80, value => value);
        RecurrentOptions options = Options("Answer", validationFraction: 0.25);
        options.ExampleWeightColumnName = "Weight";
        options.LabelSmoothing = smoothing;
        RecurrentTransformer model = Train(_ml.BinaryClassification.Trainers.Recurrent, rows, options);
        IEnumerable<float> probabilities = model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Probability");
        double[] p = [.. probabilities.Select((yes, i) => rows[i].Answer ? (double)yes : 1 - yes)];
        IsNear(Mean(0, 60, smoothing), model.Training.FinalLoss, 1e-5);
        IsNear(Mean(60, 80, 0), model.Training.ValidationLoss!.Value, 1e-5);

        double Mean(int first, int last, double smoothed)
        {
            IEnumerable<int> part = Enumerable.Range(first, last - first);
            double sum = part.Sum(i => rows[i].Weight * (-(1 - smoothed / 2) * Math.Log(p[i]) - smoothed / 2 * Math.Log(1 - p[i])));
            return sum / part.Sum(i => rows[i].Weight);
        }
    }

    [Fact]
    public void The_losses_of_a_tagger_are_means_over_the_labelled_steps_of_all_sequences()
    {
        Row[] rows = Rows(80, value => value);
        RecurrentOptions options = Options("Tags", validationFraction: 0.25);
        RecurrentTransformer model = Train(_ml.MulticlassClassification.Trainers.SequenceTagger, rows, options);
        double[][] losses = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Score").Select((scores, i) =>
            rows[i].Tags.Select((tag, t) => (tag, t)).Where(step => step.tag > 0)
                .Select(step => -Math.Log(scores[3 * step.t + step.tag - 1])).ToArray())];
        IsNear(losses[..60].SelectMany(steps => steps).Average(), model.Training.FinalLoss, 1e-5);
        IsNear(losses[60..].SelectMany(steps => steps).Average(), model.Training.ValidationLoss!.Value, 1e-5);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(5)]
    [InlineData(1)]
    public void The_gradient_norm_is_the_mean_over_the_batches(int batchSize)
    {
        // The gradient of a mean over equal rows is the same however many they are.
        Row[] equal = [.. Enumerable.Repeat(Rows(1, value => value)[0], 64)];
        double whole = Norms(64)[0];
        Assert.InRange(whole, 1e-6, 10);
        Assert.All(Norms(batchSize), norm => IsNear(whole, norm, 1e-5));

        double[] Norms(int size)
        {
            RecurrentOptions options = Options("Value");
            (options.BatchSize, options.NormalizeFeatures) = (size, false);
            Train(_ml.Regression.Trainers.Recurrent, equal, options);
            return [.. _reports.Select(report => report.GradientNorm)];
        }
    }

    [Fact]
    public void The_loss_within_an_epoch_is_the_mean_over_its_batches_so_far()
    {
        Row row = Rows(1, value => value)[0];
        Row[] rows = [.. Enumerable.Repeat(row, 63), row.With(answer: !row.Answer)];
        RecurrentOptions options = Options("Answer");
        options.BatchSize = 4;
        options.NumberOfEpochs = 3;
        RecurrentTransformer model = Train(_ml.BinaryClassification.Trainers.Recurrent, rows, options);
        double yes = model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Probability").First();
        (double usual, double rare) = row.Answer ? (-Math.Log(yes), -Math.Log(1 - yes)) : (-Math.Log(1 - yes), -Math.Log(yes));
        foreach (TrainingProgress report in _reports)
        {
            int seen = 4 * report.Batch;
            double withRare = ((seen - 1) * usual + rare) / seen;
            Assert.True(
                Math.Abs(report.Loss - usual) < 1e-5 || Math.Abs(report.Loss - withRare) < 1e-5, $"batch {report.Batch}: {report.Loss}");
        }
        Assert.Equal(3, _reports.Count(report => report.IsEpochDone));
        Assert.All(_reports.Where(report => report.IsEpochDone), report => Assert.Equal((63 * usual + rare) / 64, report.Loss, 1e-5));
    }

    [Fact]
    public void Counts_rates_and_times_go_together()
    {
        RecurrentOptions options = Options("Answer", validationFraction: 0.25);
        (options.NumberOfEpochs, options.BatchSize) = (4, 16);
        RecurrentTransformer model = Train(_ml.BinaryClassification.Trainers.Recurrent, Rows(80, value => value), options);
        TrainingProgress[] epochs = [.. _reports.Where(report => report.IsEpochDone)];
        Assert.Equal([1, 2, 3, 4], epochs.Select(report => report.Epoch));
        Assert.Equal([0.25, 0.5, 0.75, 1], epochs.Select(report => report.Fraction));
        foreach (TrainingProgress report in epochs)
        {
            Assert.Equal((4, 4, 4), (report.NumberOfEpochs, report.Batch, report.NumberOfBatches));
            IsNear(60 * report.Epoch, report.SequencesPerSecond * report.Elapsed.TotalSeconds, 1e-6);
        }
        Assert.Equal(TimeSpan.Zero, epochs[^1].TimeLeft);
        Assert.All(epochs[..^1], report => Assert.True(report.TimeLeft > TimeSpan.Zero));
        Assert.Equal((4, 60), (model.Training.Epochs, model.Training.Sequences));
    }

    [Fact]
    public void The_best_epoch_is_the_first_of_those_with_the_smallest_validation_loss()
    {
        RecurrentOptions options = Options("Answer", validationFraction: 0.25);
        options.NumberOfEpochs = 3;
        Assert.Equal(1, Train(_ml.BinaryClassification.Trainers.Recurrent, Rows(80, value => value), options).Training.BestEpoch);
        Assert.All(_reports, report => Assert.True(report.BestEpoch is 0 or 1));
        options = Options("Answer");
        Assert.Equal(0, Train(_ml.BinaryClassification.Trainers.Recurrent, Rows(80, value => value), options).Training.BestEpoch);
    }

    private static RecurrentOptions Options(string label, double validationFraction = 0) => new RecurrentOptions
    {
        LabelColumnName = label,
        Layers = [new GruLayer(6)],
        NumberOfEpochs = 2,
        BatchSize = 16,
        LearningRate = Still,
        ValidationFraction = validationFraction,
        ValidateOnLastRows = true,
        Seed = 1,
    }.Planned();

    private RecurrentTransformer Train(Func<RecurrentOptions, RecurrentTrainer> make, Row[] rows, RecurrentOptions options)
    {
        _reports.Clear();
        options.Progress = new SynchronousProgress(_reports.Add);
        return make(options).Fit(_ml.Data.LoadFromEnumerable(rows));
    }

    private float[] Scores(RecurrentTransformer model, Row[] rows) =>
        [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score")];

    private static void IsNear(double expected, double found, double relative) =>
        Assert.InRange(found / expected, 1 - relative, 1 + relative);

    private static Row[] Rows(int count, Func<float, float> label)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.NextSingle())];
            return new Row
            {
                Features = features,
                Answer = random.Next(3) > 0,
                Value = label(features.Sum()),
                Weight = random.Next(1, 5),
                Tags = [.. features.Select(_ => (uint)random.Next(4))],
            };
        })];
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool Answer { get; init; }

        public float Value { get; init; }

        public float Weight { get; init; }

        [KeyType(3)]
        public uint[] Tags { get; init; } = [];

        public Row With(bool answer) => new() { Features = Features, Answer = answer, Value = Value, Weight = Weight, Tags = Tags };
    }
}
