using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>The values of a fingerprint in messages.</summary>
internal static class FingerprintText
{
    /// <summary>The name of the entry whose value is the JSON of the <see cref="InputField"/>s.</summary>
    public const string Fields = "the fields of a step";

    /// <summary>The name of the entry whose value is the name of a <see cref="HeadDefinition"/> or its JSON.</summary>
    public const string Loss = "the loss";

    /// <summary>
    /// The name of the entry that lists the outputs by their names, for messages. It is not compared: the same label can be in a column of
    /// another name, and older checkpoints lack the entry.
    /// </summary>
    public const string Outputs = "the list of outputs";

    private const string NotSet = "not set";

    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = KnownDefinitions.Resolver,
    };

    /// <summary>The difference of an entry. The values may come from a damaged file; they are null where there is no such entry.</summary>
    public static string DescribeDifference(string name, string? before, string? now)
    {
        (string was, string found) = name switch
        {
            Fields => (DescribeFields(before), DescribeFields(now)),
            Loss => (DescribeLoss(before), DescribeLoss(now)),
            _ => DescribeProperties(before, now) ?? (before ?? NotSet, now ?? NotSet),
        };
        return was == found ? $"{name} was {was} with other classes" : $"{name} was {was} and is {found}";
    }

    private static string DescribeFields(string? json) => Describe(json, text =>
        string.Join(", ", (RecordJson.Read<InputField?[]>(text) ?? []).Select(field => field?.Describe())));

    private static string DescribeLoss(string? json) => Describe(json, text =>
        text.StartsWith('{') ? RecordJson.Read<HeadDefinition>(Encoding.UTF8.GetBytes(text), _json)?.Description ?? text : text);

    private static string Describe(string? json, Func<string, string> read)
    {
        try
        {
            return json is null ? NotSet : read(json);
        }
        catch (JsonException)
        {
            return json!;
        }
    }

    /// <summary>The properties in which two values differ that are JSON objects, as layers are; null for other values.</summary>
    private static (string Before, string Now)? DescribeProperties(string? before, string? now)
    {
        if (before?.StartsWith('{') != true || now?.StartsWith('{') != true)
            return null;
        try
        {
            Dictionary<string, string> was = [], found = [];
            Flatten(JsonNode.Parse(before), "", was);
            Flatten(JsonNode.Parse(now), "", found);
            string[] different = [.. was.Keys.Union(found.Keys).Where(key => was.GetValueOrDefault(key) != found.GetValueOrDefault(key))];
            return (Join(was), Join(found));

            string Join(Dictionary<string, string> values) =>
                string.Join(", ", different.Select(key => $"{key} {values.GetValueOrDefault(key, NotSet)}"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Flatten(JsonNode? node, string name, Dictionary<string, string> values)
    {
        if (node is not JsonObject properties)
        {
            values[name] = node?.ToString() ?? "none";
            return;
        }
        foreach ((string property, JsonNode? value) in properties)
            Flatten(value, name.Length == 0 ? property : $"{name}.{property}", values);
    }
}
