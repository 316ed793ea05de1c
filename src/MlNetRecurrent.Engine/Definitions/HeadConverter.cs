using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Writes a head as its name, the format of older files.</summary>
internal sealed class HeadConverter : JsonConverter<HeadDefinition>
{
    public override HeadDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return KnownDefinitions.Heads.FirstOrDefault(head => head.Name == name)
            ?? throw new JsonException($"Expected the name of a loss, found {name ?? reader.TokenType.ToString()}.");
    }

    public override void Write(Utf8JsonWriter writer, HeadDefinition value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
