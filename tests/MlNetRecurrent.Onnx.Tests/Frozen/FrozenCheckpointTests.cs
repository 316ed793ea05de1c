using System.Runtime.Intrinsics.X86;
using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Trainings that the version before the redesign was cancelled in go on from their checkpoints to the same weights.</summary>
public sealed class FrozenCheckpointTests : IDisposable
{
    private const int Epochs = 5, WholeEpochs = 2;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string CheckpointPath => Path.Combine(_folder, "training.ckpt");

    /// <summary>Each optimizer and each schedule, a validation part, and windows of steps.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "Elman", "binary", "Features" },
        { "ElmanRelu", "regression", "Features" },
        { "Lstm", "multiclass", "Tokens" },
        { "Gru", "multiclass", "Features" },
        { "GruResetBefore", "binary", "Tokens" },
        { "deep", "tagger", "Tokens" },
        { "pyramid", "multiclass", "Features" },
        { "stacksAll", "regression", "Tokens" },
        { "windows", "tagger", "Features" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_goes_on_from_its_checkpoint_to_the_same_weights(string network, string task, string column)
    {
        Assert.SkipUnless(Fma.IsSupported, "Without fused multiply-add the last bits differ.");
        string name = FrozenNetworks.NameOf(network, task, column);
        File.Copy(FrozenFolder.PathOf(name + ".ckpt"), CheckpointPath);
        List<int> epochs = [];
        string resumed = Train(network, task, column, CheckpointPath, epochs.Add);
        Assert.Equal(Enumerable.Range(WholeEpochs + 1, epochs.Count), epochs);
        Assert.Equal(FrozenFolder.ReadLine("checkpoints.txt", name), resumed);
    }

    /// <summary>Writes the checkpoints that are not there.</summary>
    [Fact(Explicit = true)]
    public void Freeze()
    {
        foreach ((string network, string task, string column) in Cases.Select(row => row.Data))
        {
            string name = FrozenNetworks.NameOf(network, task, column);
            if (File.Exists(FrozenFolder.PathOf(name + ".ckpt")))
                continue;
            File.Delete(CheckpointPath);
            Assert.Throws<OperationCanceledException>(() => Train(network, task, column, CheckpointPath, _ => { }, isCancelled: true));
            File.Copy(CheckpointPath, FrozenFolder.PathOf(name + ".ckpt"));
            string resumed = Train(network, task, column, CheckpointPath, _ => { });
            Assert.Equal(Train(network, task, column, checkpoint: null, _ => { }), resumed);
            FrozenFolder.AddLine("checkpoints.txt", name, resumed);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Train(string network, string task, string column, string? checkpoint, Action<int> epochDone, bool isCancelled = false)
    {
        using var cancellation = new CancellationTokenSource();
        RecurrentTransformer model = FrozenNetworks.Trainer(_ml, network, task, column, options =>
        {
            options.NumberOfEpochs = Epochs;
            options.CheckpointPath = checkpoint;
            options.CancellationToken = cancellation.Token;
            options.Progress = new Synchronous(progress =>
            {
                if (!progress.IsEpochDone)
                    return;
                epochDone(progress.Epoch);
                // The training ends with the first batch of the next epoch.
                if (isCancelled && progress.Epoch == WholeEpochs)
                    cancellation.Cancel();
            });
        }).Fit(FrozenNetworks.Training(_ml));
        return FrozenModelTests.Summary(_ml, model);
    }

    private sealed class Synchronous(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
