using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>One of the inputs that the result of a training depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text.</param>
internal sealed record FingerprintEntry(string Name, string Value)
{
    /// <summary>
    /// Whether the value is the default. A checkpoint of an earlier version, which lacks the entry, may then be of the same training.
    /// </summary>
    [JsonIgnore]
    public bool IsDefault { get; init; }
}
