using System.Diagnostics;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Saves a training to a file, and restores it.</summary>
internal sealed class Checkpoint(CheckpointSettings settings, int seed)
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <summary>Whether it is time to write a checkpoint within an epoch.</summary>
    public bool IsDueWithinEpoch => settings.Interval > TimeSpan.Zero && IsDueAfterEpoch;

    /// <summary>Whether it is time to write a checkpoint after an epoch.</summary>
    public bool IsDueAfterEpoch => _sinceLast.Elapsed >= settings.Interval;

    /// <summary>
    /// Locks the file until the result is disposed, and tests whether it can be written, before hours of work depend on it.
    /// </summary>
    /// <exception cref="IOException">Another training has it, or it cannot be written.</exception>
    public IDisposable Lock() => Lock(settings.Path);

    /// <summary>The seed of the training in a file; null where there is none yet, and it can be written.</summary>
    /// <exception cref="IOException">Another training has it, or it cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is there, but holds no checkpoint.</exception>
    public static int? SeedOf(string path)
    {
        using IDisposable mine = Lock(path);
        using OpenCheckpoint? file = CheckpointFile.TryOpen(path);
        return file?.Description.Seed;
    }

    public void Write<L>(TrainingPosition position, Parameters<float> parameters, Parameters<float>? best, Optimizer<L, float> optimizer)
        where L : unmanaged, IFloatLanes<L>
    {
        CheckpointFile.Write(
            settings.Path, new() { Fingerprint = settings.Fingerprint, Seed = seed, Position = position },
            Buffers(parameters, best, optimizer));
        _sinceLast.Restart();
    }

    /// <summary>Restores the numbers of a training and returns its position; null where there is no file.</summary>
    /// <param name="limits">The limits of the position.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="best">The weights of the best epoch, where there are any.</param>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public TrainingPosition? TryRead<L>(
        PositionLimits limits, Parameters<float> parameters, Optimizer<L, float> optimizer, ref Parameters<float>? best)
        where L : unmanaged, IFloatLanes<L>
    {
        using OpenCheckpoint? file = CheckpointFile.TryOpen(settings.Path);
        if (file is null)
            return null;
        ThrowIfContradictory(file.Description.Fingerprint);
        ThrowIfOfAnotherTraining(file.Description.Fingerprint);
        TrainingPosition position = file.Description.Position;
        if (file.Description.Seed != seed)
            throw Damaged($"its seed is {file.Description.Seed} where that of the training is {seed}");
        if (limits.Contradiction(position) is { } contradiction)
            throw Damaged(contradiction);
        if (position.BestEpoch > 0)
            best = new(parameters.Values.Length);
        file.Read(Buffers(parameters, best, optimizer));
        return position;
    }

    private static CheckpointLock Lock(string path)
    {
        CheckpointLock mine = CheckpointLock.Take(path);
        try
        {
            CheckpointFile.Try(path);
            return mine;
        }
        catch (Exception e)
        {
            mine.Dispose();
            if (!CheckpointFile.IsOfFileSystem(e))
                throw;
            throw new IOException($"The training cannot be kept in the checkpoint '{path}': the file cannot be written. {e.Message}", e);
        }
    }

    private InvalidDataException Damaged(string contradiction) => CheckpointFile.Damaged(
        settings.Path, new InvalidDataException($"The checkpoint is damaged: {contradiction}. Delete it to begin anew."));

    /// <summary>Each name may occur once.</summary>
    private void ThrowIfContradictory(IReadOnlyList<FingerprintEntry?> found)
    {
        var names = new HashSet<string>();
        foreach (FingerprintEntry? entry in found)
        {
            if (entry is null)
                throw Damaged("one of the things that the training depends on has no name");
            if (!names.Add(entry.Name))
                throw Damaged($"it says two times what '{entry.Name}' is");
        }
    }

    private static IReadOnlyList<PinnedBuffer<float>> Buffers<L>(
        Parameters<float> parameters, Parameters<float>? best, Optimizer<L, float> optimizer)
        where L : unmanaged, IFloatLanes<L> =>
        [parameters.Values, .. best is null ? Array.Empty<PinnedBuffer<float>>() : [best.Values], .. optimizer.Memory];

    private void ThrowIfOfAnotherTraining(IReadOnlyList<FingerprintEntry> found)
    {
        Dictionary<string, string> before = found.ToDictionary(entry => entry.Name, entry => entry.Value);
        Dictionary<string, string> now = settings.Fingerprint
            .Where(entry => !entry.IsDefault || before.ContainsKey(entry.Name))
            .ToDictionary(entry => entry.Name, entry => entry.Value);
        string[] names = [.. now.Keys.Union(before.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))];
        // A checkpoint of an older version does not name its outputs.
        IEnumerable<string> differences = names
            .Where(name => name != FingerprintText.Outputs || before.ContainsKey(name))
            .Select(name => FingerprintText.DescribeDifference(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name)));
        if (names.Any(name => name != FingerprintText.Outputs))
        {
            throw new InvalidOperationException(
                $"The checkpoint '{settings.Path}' is of another training: {string.Join("; ", differences)}. "
                + "Each training needs a file of its own, each part of a cross-validation too. "
                + "Delete this one to begin anew, or name another.");
        }
    }
}
