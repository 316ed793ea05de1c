using Microsoft.ML;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string CheckpointPath => Path.Combine(_folder, "training.ckpt");

    public static TheoryData<string> Kinds => ["Cosine", "HalveOnPlateau", "validation", "noise", "streamed"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_that_is_cancelled_goes_on_to_the_same_weights_bit_for_bit(string kind)
    {
        float[] expected = Weights.Of(Fit(Options(kind)));
        foreach (int epoch in (int[])[1, 3, 5])
        {
            File.Delete(CheckpointPath);
            Interrupt(kind, epoch);
            Assert.Equal(expected, Weights.Of(Fit(WithCheckpoint(kind))));
        }
    }

    [Fact]
    public void A_training_that_is_interrupted_again_and_again_ends_with_the_same_weights()
    {
        for (int epoch = 1; epoch < 5; epoch++)
            Interrupt("validation", epoch);
        Assert.Equal(Weights.Of(Fit(Options("validation"))), Weights.Of(Fit(WithCheckpoint("validation"))));
    }

    /// <summary>Epochs of 13 batches. An interval of a tick is over after each of them; zero asks for one after each epoch; a day passes in none, so that only the end is kept.</summary>
    [Theory]
    [InlineData(1, true, true)]
    [InlineData(0, false, true)]
    [InlineData(TimeSpan.TicksPerDay, false, false)]
    public void A_checkpoint_is_written_within_an_epoch_when_the_interval_is_over(long interval, bool withinEpochs, bool afterEpochs)
    {
        var expected = new List<(int Epochs, int Batch)?>();
        var found = new List<(int Epochs, int Batch)?>();
        RecurrentOptions options = WithCheckpoint("plain");
        options.CheckpointInterval = TimeSpan.FromTicks(interval);
        (int, int)? last = null;
        options.Progress = new SynchronousProgress(progress =>
        {
            bool isKept = progress.IsEpochDone ? afterEpochs || progress.IsTrainingDone : withinEpochs;
            if (isKept)
                last = progress.IsEpochDone ? (progress.Epoch, 0) : (progress.Epoch - 1, progress.Batch);
            expected.Add(last);
            using OpenCheckpoint? file = CheckpointFile.TryOpen(CheckpointPath);
            found.Add(file is null ? null : (file.Description.Position.Epochs, file.Description.Position.Batch));
        });
        Fit(options);
        Assert.InRange(found.Count, 1 + options.NumberOfEpochs, 13 * options.NumberOfEpochs);
        Assert.Equal(expected, found);
        Assert.Equal(["training.ckpt"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void More_epochs_go_on_from_a_training_that_is_done()
    {
        RecurrentOptions options = Options("plain");
        options.NumberOfEpochs = 8;
        float[] expected = Weights.Of(Fit(options));
        Fit(WithCheckpoint("plain"));
        int epochs = 0;
        options = WithCheckpoint("plain");
        options.NumberOfEpochs = 8;
        options.NumberOfThreads = 1;
        options.Progress = new SynchronousProgress(progress => epochs += progress.IsEpochDone ? 1 : 0);
        Assert.Equal(expected, Weights.Of(Fit(options)));
        Assert.Equal(3, epochs);
        options.NumberOfEpochs = 4;
        Assert.Contains("8 epochs", Assert.Throws<InvalidOperationException>(() => Fit(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_was_drawn_is_taken_from_the_checkpoint()
    {
        RecurrentOptions options = WithCheckpoint("plain");
        options.Seed = null;
        RecurrentTransformer first = Fit(options);
        options.NumberOfEpochs = 7;
        RecurrentTransformer second = Fit(options);
        Assert.Equal(first.Training.Seed, second.Training.Seed);
        Assert.Equal(7, second.Training.Epochs);
    }

    public static TheoryData<string, string> Differences => new()
    {
        { nameof(RecurrentOptions.LearningRate), "LearningRate was 0.02 and is 0.03" },
        { nameof(RecurrentOptions.BatchSize), "BatchSize was 16 and is 17" },
        { nameof(RecurrentOptions.Optimizer), "Optimizer was Adam and is Sgd" },
        { nameof(RecurrentOptions.Seed), "Seed was 1 and is 2" },
        { nameof(RecurrentOptions.Layers), "Layers[0] was" },
        { "data", "the hash of the data was" },
        { "rows", "the number of rows to learn from was 200 and is 199" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Another_training_does_not_go_on_from_it_but_is_told_what_differs(string difference, string message)
    {
        Fit(WithCheckpoint("plain"));
        byte[] before = File.ReadAllBytes(CheckpointPath);
        RecurrentOptions options = WithCheckpoint("plain");
        Example[] rows = Example.Generate(200);
        switch (difference)
        {
            case nameof(RecurrentOptions.LearningRate): options.LearningRate = 0.03f; break;
            case nameof(RecurrentOptions.BatchSize): options.BatchSize = 17; break;
            case nameof(RecurrentOptions.Optimizer): options.Optimizer = RecurrentOptimizer.Sgd; break;
            case nameof(RecurrentOptions.Seed): options.Seed = 2; break;
            case nameof(RecurrentOptions.Layers): options.Layers = [new GruLayer(8)]; break;
            case "data": rows[77].Features[0] += 1; break;
            default: rows = rows[..199]; break;
        }
        string found = Assert.Throws<InvalidOperationException>(() => Fit(options, rows)).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.Contains(CheckpointPath, found, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void A_training_that_goes_on_with_a_previous_model_is_another_one()
    {
        RecurrentTransformer previous = Fit(Options("plain"));
        IDataView data = Keyed(Example.Generate(200));
        Fit(WithCheckpoint("plain"));
        RecurrentOptions options = WithCheckpoint("plain");
        string message = Assert.Throws<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous)).Message;
        Assert.Contains("previous model", message, StringComparison.Ordinal);
        File.Delete(CheckpointPath);
        Assert.Equal(
            Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(Options("plain")).Fit(data, previous)),
            Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous)));
    }

    [Fact]
    public void Data_that_goes_bad_leaves_the_last_checkpoint_whole()
    {
        const int bad = 7345;
        int passes = 0;
        IEnumerable<Example> Rows()
        {
            Example[] rows = Example.Generate(7400, fixedLength: 2);
            if (++passes > 6)
                rows[bad].Features[4] = float.NaN;
            return rows;
        }
        RecurrentOptions options = WithCheckpoint("streamed");
        options.BatchSize = 100;
        string message = Assert.Throws<InvalidOperationException>(() => Fit(options, new Anew(Rows))).Message;
        Assert.Contains("Feature column 'Features': row 7345, step 1, feature 1", message, StringComparison.Ordinal);
        passes = int.MinValue;
        Assert.True(File.Exists(CheckpointPath));
        RecurrentTransformer resumed = Fit(options, new Anew(Rows));
        File.Delete(CheckpointPath);
        Assert.Equal(Weights.Of(Fit(options, new Anew(Rows))), Weights.Of(resumed));
    }

    [Fact]
    public void A_training_whose_last_step_diverged_is_an_error_when_it_is_started_again_too()
    {
        RecurrentOptions options = WithCheckpoint("plain");
        options.NumberOfEpochs = 1;
        options.BatchSize = 1000;
        options.LearningRate = 1e6f;
        for (int i = 0; i < 2; i++)
            Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => Fit(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_stopped_early_goes_on_with_more_patience()
    {
        Example[] rows = Example.Generate(200);
        var random = new Random(1);
        foreach (Example row in rows.Where(_ => random.Next(2) == 0))
            row.Label = Example.Classes[random.Next(3)];
        RecurrentOptions options = Options("validation");
        options.NumberOfEpochs = 60;
        options.EarlyStoppingPatience = 6;
        float[] expected = Weights.Of(Fit(options, rows));
        options.CheckpointPath = CheckpointPath;
        options.EarlyStoppingPatience = 1;
        int stopped = Fit(options, rows).Training.Epochs;
        options.EarlyStoppingPatience = 6;
        RecurrentTransformer resumed = Fit(options, rows);
        Assert.InRange(resumed.Training.Epochs, stopped + 1, 60);
        Assert.Equal(expected, Weights.Of(resumed));
    }

    [Fact]
    public void A_training_that_is_over_says_so()
    {
        TrainingProgress? last = null;
        RecurrentOptions options = WithCheckpoint("validation");
        options.Progress = new SynchronousProgress(progress => last = progress);
        RecurrentTransformer first = Fit(options);
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);
        var reports = new List<TrainingProgress>();
        options.Progress = new SynchronousProgress(reports.Add);
        Assert.Equal(Weights.Of(first), Weights.Of(Fit(options)));
        Assert.Contains(log, line => line.Contains("is over, after 5 epochs", StringComparison.Ordinal));
        TrainingProgress report = Assert.Single(reports);
        Assert.True(report is { Fraction: 1, IsTrainingDone: true, GradientNorm: 0, LearningRate: 0 });
        Assert.Equal(last!.ValidationLoss, report.ValidationLoss);
        Assert.NotEmpty(report.ValidationMetrics);
        Assert.Equal(last.ValidationMetrics, report.ValidationMetrics);
    }

    [Fact]
    public void Two_trainings_do_not_share_a_file()
    {
        RecurrentOptions options = WithCheckpoint("plain");
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch == 1)
                Assert.Contains("another training", Assert.Throws<IOException>(() => Fit(WithCheckpoint("plain"))).Message, StringComparison.Ordinal);
        });
        Fit(options);
        Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_not_to_be_deleted()
    {
        File.WriteAllText(CheckpointPath, "This is something else.");
        string message = Assert.Throws<InvalidDataException>(() => Fit(WithCheckpoint("plain"))).Message;
        Assert.Contains("no checkpoint", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Delete", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_is_of_the_folder_that_is_current_when_the_trainer_is_made()
    {
        RecurrentOptions options = Options("plain");
        options.CheckpointPath = Path.GetRelativePath(Environment.CurrentDirectory, CheckpointPath);
        Assert.Equal(CheckpointPath, Trainers.CheckpointFileName.Resolve(options.CheckpointPath));
        Fit(options);
        Assert.True(File.Exists(CheckpointPath));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_found_before_the_training()
    {
        RecurrentOptions options = Options("plain");
        options.CheckpointPath = Path.Combine(_folder, "missing", "training.ckpt");
        Assert.Contains("missing", Assert.Throws<DirectoryNotFoundException>(() => Fit(options)).Message, StringComparison.Ordinal);
        options.CheckpointPath = _folder;
        Assert.Throws<IOException>(() => Fit(options));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Trains to the end of an epoch and is cancelled.</summary>
    private void Interrupt(string kind, int epoch)
    {
        using var source = new CancellationTokenSource();
        RecurrentOptions options = WithCheckpoint(kind);
        options.CheckpointInterval = TimeSpan.FromDays(1);
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.IsEpochDone && progress.Epoch >= epoch)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Fit(options));
    }

    private RecurrentOptions WithCheckpoint(string kind)
    {
        RecurrentOptions options = Options(kind);
        options.CheckpointPath = CheckpointPath;
        return options;
    }

    private static RecurrentOptions Options(string kind)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 5;
        options.BatchSize = 16;
        options.Schedule = Enum.TryParse(kind, out LearningRateSchedule schedule) ? schedule : LearningRateSchedule.Constant;
        options.WeightNoise = kind == "noise" ? 0.1f : 0;
        options.CacheMegabytes = kind == "streamed" ? 0 : 256;
        options.ShufflePoolSize = kind == "streamed" ? 50 : 0;
        options.ValidationFraction = kind == "validation" ? 0.2 : 0;
        return options;
    }

    private RecurrentTransformer Fit(RecurrentOptions options, IEnumerable<Example>? rows = null) => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(rows ?? Example.Generate(200)));

    private IDataView Keyed(IEnumerable<Example> rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }
}
