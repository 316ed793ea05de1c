using System.Diagnostics;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class CheckpointIntervalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Between_two_checkpoints_lies_the_interval()
    {
        TimeSpan interval = TimeSpan.FromMilliseconds(100);
        string path = Path.Combine(_folder, "training.ckpt");
        var found = new HashSet<string>();
        int batches = 0;
        var clock = Stopwatch.StartNew();
        var observer = new Observer(_ =>
        {
            batches++;
            Thread.Sleep(2);
            if (File.Exists(path))
                found.Add(Convert.ToHexString(File.ReadAllBytes(path)));
        });
        TrainingSettings settings = BiasModel.Settings with
        {
            NumberOfEpochs = 2,
            BatchSize = 1,
            LearningRate = 1e-3,
            Checkpoint = new(path, interval, [])
        };
        TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition, BiasModel.Data([.. Enumerable.Range(0, 60).Select(i => (i % 3f, 1f))]), settings, [0],
            observer));
        Assert.Equal(120, batches);
        Assert.InRange(found.Count, 1, (int)(clock.Elapsed / interval) + 1);
        Assert.True(File.Exists(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
