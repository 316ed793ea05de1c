namespace MlNetRecurrent.Engine.Serialization;

/// <summary>What a checkpoint says beside its numbers.</summary>
internal sealed record CheckpointDescription
{
    public int Format { get; init; }

    /// <summary>All that the result of the training depends on.</summary>
    public required IReadOnlyList<FingerprintEntry> Fingerprint { get; init; }

    /// <summary>The seed, which may have been drawn.</summary>
    public required int Seed { get; init; }

    public required TrainingPosition Position { get; init; }

    /// <summary>Numbers of a buffer.</summary>
    public int Numbers { get; init; }

    public int Buffers { get; init; }
}
