namespace MlNetRecurrent.Engine.Serialization;

/// <summary>The description of a checkpoint: everything but its buffers.</summary>
internal sealed record CheckpointDescription
{
    public int Format { get; init; }

    /// <summary>All that the result of the training depends on.</summary>
    public required IReadOnlyList<FingerprintEntry> Fingerprint { get; init; }

    /// <summary>The seed, which may have been drawn at random.</summary>
    public required int Seed { get; init; }

    public required TrainingPosition Position { get; init; }

    /// <summary>Numbers of a buffer.</summary>
    public int Numbers { get; init; }

    public int Buffers { get; init; }
}
