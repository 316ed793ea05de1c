using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>One of the things that the result of a training depends on.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value as text.</param>
internal sealed record FingerprintEntry(string Name, string Value)
{
    /// <summary>
    /// Whether it is as where nothing is said of it, so that a checkpoint that does not know it, of an earlier version, may be of the same
    /// training.
    /// </summary>
    [JsonIgnore]
    public bool IsDefault { get; init; }
}
