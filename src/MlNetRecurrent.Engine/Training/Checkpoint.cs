using System.Diagnostics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Keeps a training in a file, and finds it there again.</summary>
internal sealed class Checkpoint(CheckpointSettings settings, int seed)
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <summary>Whether enough time has passed to write one in the midst of an epoch.</summary>
    public bool IsDueWithinEpoch => settings.Interval > TimeSpan.Zero && IsDueAfterEpoch;

    /// <summary>Whether one is to be written after an epoch.</summary>
    public bool IsDueAfterEpoch => _sinceLast.Elapsed >= settings.Interval;

    /// <summary>Takes the file for this training alone, until what is returned is disposed of, and tries to write beside it before hours of work depend on that.</summary>
    /// <exception cref="IOException">Another training has it, or it cannot be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(settings.Path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e))
        {
            throw new IOException($"The training cannot be kept in the checkpoint '{settings.Path}': its folder cannot be written, or another training uses it at the same time. Each training needs a file of its own. {e.Message}", e);
        }
    }

    public void Write<L>(TrainingPosition position, Parameters<float> parameters, Parameters<float>? best, Optimizer<L, float> optimizer)
        where L : unmanaged, IFloatLanes<L>
    {
        CheckpointFile.Write(settings.Path, new() { Fingerprint = settings.Fingerprint, Seed = seed, Position = position }, Buffers(parameters, best, optimizer));
        _sinceLast.Restart();
    }

    /// <summary>Reads the numbers of a training into where they belong, and says how far it had come; null where there is no file.</summary>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public TrainingPosition? TryRead<L>(Parameters<float> parameters, Optimizer<L, float> optimizer, ref Parameters<float>? best)
        where L : unmanaged, IFloatLanes<L>
    {
        if (!File.Exists(settings.Path))
            return null;
        using CheckpointFile.OpenCheckpoint file = CheckpointFile.Open(settings.Path);
        ThrowIfOfAnotherTraining(file.Description.Fingerprint);
        TrainingPosition position = file.Description.Position;
        if (position.BestEpoch > 0)
            best = new(parameters.Values.Length);
        file.Read(Buffers(parameters, best, optimizer));
        return position;
    }

    private static IReadOnlyList<PinnedBuffer<float>> Buffers<L>(Parameters<float> parameters, Parameters<float>? best, Optimizer<L, float> optimizer)
        where L : unmanaged, IFloatLanes<L> =>
        [parameters.Values, .. best is null ? Array.Empty<PinnedBuffer<float>>() : [best.Values], .. optimizer.Memory];

    private void ThrowIfOfAnotherTraining(IReadOnlyList<FingerprintEntry> found)
    {
        Dictionary<string, string> before = found.ToDictionary(entry => entry.Name, entry => entry.Value);
        Dictionary<string, string> now = settings.Fingerprint.Where(entry => !entry.IsDefault || before.ContainsKey(entry.Name)).ToDictionary(entry => entry.Name, entry => entry.Value);
        string[] differences =
        [
            .. now.Keys.Union(before.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                .Select(name => $"{name} was {before.GetValueOrDefault(name) ?? "not there"} and is {now.GetValueOrDefault(name) ?? "not there"}"),
        ];
        if (differences.Length > 0)
            throw new InvalidOperationException($"The checkpoint '{settings.Path}' is of another training: {string.Join("; ", differences)}. Each training needs a file of its own, each part of a cross-validation too. Delete this one to begin anew, or name another.");
    }
}
