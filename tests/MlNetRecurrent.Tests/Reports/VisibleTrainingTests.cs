using System.Globalization;
using Microsoft.ML;

namespace MlNetRecurrent.Tests.Reports;

/// <summary>What a user sees of a training and of a model without asking for more.</summary>
public sealed class VisibleTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_history_has_the_figures_that_were_reported_after_each_epoch()
    {
        List<TrainingProgress> reports = [];
        int thread = Environment.CurrentManagedThreadId;
        RecurrentTransformer model = Fit(new SynchronousProgress(progress =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            reports.Add(progress);
        }));
        TrainingProgress[] epochs = [.. reports.Where(report => report.IsEpochDone)];
        Assert.Equal(Enumerable.Range(1, 4), model.Training.History.Select(epoch => epoch.Epoch));
        foreach ((TrainingProgress report, TrainingEpoch epoch) in epochs.Zip(model.Training.History))
        {
            Assert.Equal((report.Epoch, report.Loss, report.ValidationLoss), (epoch.Epoch, epoch.Loss, epoch.ValidationLoss));
            Assert.Equal((report.LearningRate, report.GradientNorm), (epoch.LearningRate, epoch.GradientNorm));
            Assert.Equal(
                report.ValidationMetrics.Select(metric => (metric.Key, (double?)metric.Value)),
                epoch.ValidationMetrics.Select(metric => (metric.Key, metric.Value)));
            Assert.InRange(epoch.Seconds!.Value, 0, 60);
        }
        Assert.Equal(model.Training.FinalLoss, model.Training.History[^1].Loss);
        // In order, whatever the batch.
        Assert.Equal(reports.OrderBy(report => (report.Epoch, report.Batch)), reports);
    }

    [Fact]
    public void A_saved_model_keeps_the_history_but_not_the_time()
    {
        IDataView data = Data();
        RecurrentTransformer model = Fit(null);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (RecurrentTransformer)_ml.Model.Load(stream, out _);
        Assert.All(loaded.Training.History, epoch => Assert.Null(epoch.Seconds));
        Assert.Equal(
            model.Training.History.Select(epoch => (epoch.Epoch, epoch.Loss, epoch.ValidationLoss, epoch.LearningRate)),
            loaded.Training.History.Select(epoch => (epoch.Epoch, epoch.Loss, epoch.ValidationLoss, epoch.LearningRate)));
        Assert.Equal(model.Training.History[2].ValidationMetrics, loaded.Training.History[2].ValidationMetrics);
        Assert.Equal(model.Summary(), loaded.Summary());
    }

    [Fact]
    public void A_training_that_was_resumed_has_the_history_of_all_epochs()
    {
        string folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;
        try
        {
            TrainingEpoch[] expected = [.. Fit(null).Training.History.Select(epoch => epoch with { Seconds = null })];
            using var source = new CancellationTokenSource();
            RecurrentOptions options = Options(new SynchronousProgress(progress =>
            {
                if (progress.Epoch == 3)
                    source.Cancel();
            }));
            (options.CheckpointPath, options.CancellationToken) = (Path.Combine(folder, "training.ckpt"), source.Token);
            Assert.Throws<OperationCanceledException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(Data()));
            (options.Progress, options.CancellationToken) = (null, default);
            TrainingEpoch[] found = [.. _ml.Regression.Trainers.Recurrent(options).Fit(Data()).Training.History];
            Assert.Equal(expected.Select(epoch => (epoch.Epoch, epoch.Loss)), found.Select(epoch => (epoch.Epoch, epoch.Loss)));
            Assert.Equal(expected[0].ValidationMetrics, found[0].ValidationMetrics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Named_trainers_take_a_reporter()
    {
        List<TrainingProgress> reports = [];
        _ml.Regression.Trainers.Gru("Value", "Features", hiddenSize: 4, numberOfEpochs: 2, progress: new SynchronousProgress(reports.Add))
            .Fit(Data());
        Assert.Equal(2, reports.Count(report => report.IsEpochDone));
    }

    [Fact]
    public void Progress_is_a_readable_line_in_any_culture()
    {
        List<TrainingProgress> reports = [];
        RecurrentTransformer model = Fit(new SynchronousProgress(reports.Add));
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new("de-DE");
            TrainingProgress end = reports[^1];
            Assert.Matches(
                @"^epoch 4/4, loss [\d.e-]+, validation loss [\d.e-]+, RootMeanSquaredError [\d.e-]+, [\d,]+ sequences/s$", $"{end}");
            Assert.Matches(@"^epoch 1/4, batch 1/\d+, loss [\d.]+, [\d,]+ sequences/s, [\d,]+ s left$", $"{reports[0]}");
            Assert.Matches(
                @"^epoch 4, loss [\d.e-]+, validation loss [\d.e-]+, RootMeanSquaredError .*, learning rate [\d.E-]+, "
                + @"gradient norm [\d.e-]+, [\d.E-]+ s$",
                $"{model.Training.History[^1]}");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_console_shows_a_bar_that_is_redrawn_and_a_file_a_line_for_each_epoch()
    {
        StringWriter console = new(), file = new();
        ConsoleProgress bar = new(console, () => 60), lines = new(file, () => 0);
        Fit(new SynchronousProgress(progress =>
        {
            bar.Report(progress);
            lines.Report(progress);
        }));
        string[] drawn = console.ToString().TrimEnd('\r', '\n').Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(drawn.Length > 4);
        Assert.All(drawn, text => Assert.InRange(text.Length, 20, 59));
        Assert.StartsWith("[################] 100% epoch 4/4", drawn[^1], StringComparison.Ordinal);
        Assert.EndsWith(Environment.NewLine, console.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, file.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_console_of_no_width_to_speak_of_is_no_error()
    {
        StringWriter console = new();
        ConsoleProgress bar = new(console, () => 1);
        Fit(bar);
        Assert.Equal("", console.ToString().Replace("\r", "", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public void A_summary_shows_layers_shapes_weights_and_columns()
    {
        RecurrentTransformer model = Fit(null);
        string[] lines = model.Summary().Split(Environment.NewLine);
        Assert.StartsWith("layer", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Features", StringComparison.Ordinal)
            && line.Contains("[steps, 2]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Gru(5), bidirectional, joins 2 steps, dropout 0.1", StringComparison.Ordinal)
            && line.Contains("[steps/2, 10]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("pooling Mean", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($"{model.NumberOfParameters:N0} weights", StringComparison.Ordinal));
        Assert.Contains("Regression: Score", lines);
        Assert.StartsWith("Trained for 4 epochs on ", lines[^1], StringComparison.Ordinal);
        // The weights of the layers are all weights.
        long sum = lines[2..6].Sum(line => long.TryParse(
            line.Split(' ')[^1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long weights) ? weights : 0);
        Assert.Equal(model.NumberOfParameters, sum);
        Assert.Equal(
            $"Regression from Features: Gru(5), bidirectional, joins 2 steps, dropout 0.1; {model.NumberOfParameters:N0} weights (1 KiB)",
            model.ToString());
    }

    [Fact]
    public void Options_and_trainers_say_what_they_are()
    {
        RecurrentOptions options = Options(null);
        const string expected = "Value from Features: Gru(5), bidirectional, joins 2 steps, dropout 0.1";
        Assert.Equal(expected, options.ToString());
        Assert.Equal($"Regression trainer, {expected}", _ml.Regression.Trainers.Recurrent(options).ToString());
    }

    private RecurrentTransformer Fit(IProgress<TrainingProgress>? progress) =>
        _ml.Regression.Trainers.Recurrent(Options(progress)).Fit(Data());

    private IDataView Data() => FeatureColumn.Kinds["Vector<Single, *, 2>"].Load(_ml, 60, 2);

    private static RecurrentOptions Options(IProgress<TrainingProgress>? progress) => new()
    {
        LabelColumnName = "Value",
        Layers = [new GruLayer(5) { Bidirectional = true, TimeReduction = 2, Dropout = 0.1f }],
        NumberOfEpochs = 4,
        BatchSize = 8,
        ValidationFraction = 0.2,
        Pooling = SequencePooling.Mean,
        Progress = progress,
        Seed = 1,
    };
}
