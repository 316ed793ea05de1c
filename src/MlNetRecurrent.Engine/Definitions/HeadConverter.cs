using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// Writes a head as its name, the format of older files, or where its properties have other values than those of a new one, as an object of
/// its name and these properties.
/// </summary>
internal sealed class HeadConverter : JsonConverter<HeadDefinition>
{
    private const string NameProperty = nameof(HeadDefinition.Name);

    public override HeadDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return Find(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, reader.TokenType);
        JsonObject properties = RecordJson.Read<JsonObject>(ref reader, options)!;
        string? name = properties[NameProperty] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        HeadDefinition plain = Find(name, JsonTokenType.StartObject);
        properties.Remove(NameProperty);
        return (HeadDefinition)RecordJson.ReadObject(properties, plain.GetType(), options)!;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = RecordJson.Untrimmed)]
    public override void Write(Utf8JsonWriter writer, HeadDefinition value, JsonSerializerOptions options)
    {
        if (KnownDefinitions.Heads.Contains(value))
        {
            writer.WriteStringValue(value.Name);
            return;
        }
        JsonObject properties = RecordJson.WriteObject(value, value.GetType(), options);
        foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => !property.CanWrite))
            properties.Remove(property.Name);
        properties.Insert(0, NameProperty, value.Name);
        properties.WriteTo(writer, options);
    }

    private static HeadDefinition Find(string? name, JsonTokenType found) =>
        KnownDefinitions.Heads.FirstOrDefault(head => head.Name == name)
        ?? throw new JsonException($"Expected the name of a loss, found {name ?? found.ToString()}.");
}
