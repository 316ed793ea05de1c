using System.Text.Json;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>The values of a fingerprint in messages.</summary>
internal static class FingerprintText
{
    /// <summary>The name of the entry whose value is the JSON of the <see cref="InputField"/>s.</summary>
    public const string Fields = "the fields of a step";

    /// <summary>The value of an entry, which may come from a damaged file; null where there is no such entry.</summary>
    public static string Describe(string name, string? value) =>
        value is null ? "not set" : name == Fields ? DescribeFields(value) : value;

    private static string DescribeFields(string json)
    {
        try
        {
            InputField?[] fields = RecordJson.Read<InputField?[]>(json) ?? [];
            return string.Join(", ", fields.Select(field => field?.Describe()));
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
