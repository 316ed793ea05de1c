using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Where and how often a training is saved.</summary>
/// <param name="Path">The file.</param>
/// <param name="Interval">The least time between two checkpoints; zero for one after every epoch.</param>
/// <param name="Fingerprint">All that the result of the training depends on, by name. Only a training of the same fingerprint can continue
/// from a checkpoint.</param>
internal sealed record CheckpointSettings(string Path, TimeSpan Interval, IReadOnlyList<FingerprintEntry> Fingerprint);
