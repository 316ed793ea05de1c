using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Sequences;

/// <summary>A transform in a stream: a JSON description, as <see cref="DescriptionFormat"/> has it.</summary>
internal static class TransformFile
{
    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Write<T>(BinaryWriter writer, T transform) => DescriptionFormat.Write(writer.BaseStream, JsonSerializer.SerializeToUtf8Bytes(transform, _json));

    /// <exception cref="InvalidDataException">The stream holds no transform, part of one, a damaged one, or one that this version does not know.</exception>
    public static T Read<T>(BinaryReader reader)
    {
        byte[] bytes = new DescriptionFormat("transform").Read(reader.BaseStream);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, _json) ?? throw new InvalidDataException("The transform is damaged: its description is empty.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"The transform is damaged, or of a newer version of MlNetRecurrent: its description cannot be read. {e.Message}", e);
        }
    }
}
