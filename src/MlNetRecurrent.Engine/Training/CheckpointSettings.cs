using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Where and how often a training is kept.</summary>
/// <param name="Path">The file.</param>
/// <param name="Interval">The least time between two checkpoints; zero for one after every epoch.</param>
/// <param name="Fingerprint">What the training is: all that its result depends on, by name. Only a training of the same fingerprint goes on from a checkpoint.</param>
internal sealed record CheckpointSettings(string Path, TimeSpan Interval, IReadOnlyList<FingerprintEntry> Fingerprint);

/// <summary>One of the things that the result of a training depends on.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value as text.</param>
internal sealed record FingerprintEntry(string Name, string Value)
{
    /// <summary>Whether it is as where nothing is said of it, so that a checkpoint that does not know it, of an earlier version, may be of the same training.</summary>
    [JsonIgnore]
    public bool IsDefault { get; init; }
}
