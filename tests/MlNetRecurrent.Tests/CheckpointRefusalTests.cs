using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>A training that a checkpoint does not belong to is refused, and the file is left as it is.</summary>
public sealed class CheckpointRefusalTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string CheckpointPath => Path.Combine(_folder, "training.ckpt");

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
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous)).Message;
        Assert.Contains("previous model", message, StringComparison.Ordinal);
        File.Delete(CheckpointPath);
        Assert.Equal(
            Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(Options("plain")).Fit(data, previous)),
            Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, previous)));
    }

    [Fact]
    public void Two_trainings_do_not_share_a_file()
    {
        RecurrentOptions options = WithCheckpoint("plain");
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch != 1)
                return;
            string message = Assert.Throws<IOException>(() => Fit(WithCheckpoint("plain"))).Message;
            Assert.Contains("another training", message, StringComparison.Ordinal);
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
    public void A_file_that_cannot_be_written_is_found_before_the_training()
    {
        RecurrentOptions options = Options("plain");
        options.CheckpointPath = Path.Combine(_folder, "missing", "training.ckpt");
        Assert.Contains("missing", Assert.Throws<DirectoryNotFoundException>(() => Fit(options)).Message, StringComparison.Ordinal);
        options.CheckpointPath = _folder;
        Assert.Throws<IOException>(() => Fit(options));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentOptions WithCheckpoint(string kind)
    {
        RecurrentOptions options = Options(kind);
        options.CheckpointPath = CheckpointPath;
        return options;
    }

    private static RecurrentOptions Options(string kind) => CheckpointTraining.Options(kind);

    private RecurrentTransformer Fit(RecurrentOptions options, IEnumerable<Example>? rows = null) =>
        CheckpointTraining.Fit(_ml, options, rows ?? Example.Generate(200));

    private IDataView Keyed(IEnumerable<Example> rows) => CheckpointTraining.Keyed(_ml, rows);
}
