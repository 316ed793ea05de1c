using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Writes a head as its name, the format of older files.</summary>
internal sealed class HeadConverter : JsonConverter<HeadDefinition>
{
    private static readonly HeadDefinition[] _known = [HeadDefinition.Categorical, HeadDefinition.Bernoulli, HeadDefinition.Value];

    public override HeadDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Array.Find(_known, head => head.Name == name)
            ?? throw new JsonException($"Expected the name of a loss, found {name ?? reader.TokenType.ToString()}.");
    }

    public override void Write(Utf8JsonWriter writer, HeadDefinition value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
