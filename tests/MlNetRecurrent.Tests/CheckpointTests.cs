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

    /// <summary>
    /// Epochs of 13 batches. An interval of a tick is over after each batch; zero asks for a checkpoint after each epoch;
    /// a day is never over, so that only the end is kept.
    /// </summary>
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
    public void A_relative_path_is_of_the_folder_that_is_current_when_the_trainer_is_made()
    {
        RecurrentOptions options = Options("plain");
        options.CheckpointPath = Path.GetRelativePath(Environment.CurrentDirectory, CheckpointPath);
        Assert.Equal(CheckpointPath, Trainers.CheckpointFileName.Resolve(options.CheckpointPath));
        Fit(options);
        Assert.True(File.Exists(CheckpointPath));
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

    private static RecurrentOptions Options(string kind) => CheckpointTraining.Options(kind);

    private RecurrentTransformer Fit(RecurrentOptions options, IEnumerable<Example>? rows = null) =>
        CheckpointTraining.Fit(_ml, options, rows ?? Example.Generate(200));
}
