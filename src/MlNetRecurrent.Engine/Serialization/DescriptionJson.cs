using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>The JSON of a description, as it is written and as it is read from a file that may be damaged.</summary>
internal static class DescriptionJson
{
    /// <summary>
    /// The most values of a description. A description has two for each feature of a step and one for each label; each value costs some
    /// bytes of memory.
    /// </summary>
    private const int MostValues = 1 << 22;

    private static readonly JsonSerializerOptions _options = new()
    {
        TypeInfoResolver = KnownDefinitions.Resolver,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new TextConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <exception cref="InvalidOperationException">It holds more values than a reader would take.</exception>
    public static byte[] Write<T>(T description)
    {
        byte[] bytes = RecordJson.Write(description, _options);
        if (bytes.Length > MostValues && HasTooMany(bytes))
        {
            throw new InvalidOperationException(
                $"The description would hold more than {MostValues} values, which is the most that a file holds. "
                + "Fewer labels or features need less.");
        }
        return bytes;
    }

    /// <param name="bytes">The JSON.</param>
    /// <param name="subject">The name of the file in messages.</param>
    /// <param name="hint">A possible reason other than damage, for messages.</param>
    /// <exception cref="InvalidDataException">It is not JSON, or describes something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, string subject, string hint = "")
        where T : class
    {
        try
        {
            if (HasTooMany(bytes))
                throw new InvalidDataException($"The {subject} is damaged: its description holds more than {MostValues} values.");
            return RecordJson.Read<T>(bytes, _options)
                ?? throw new InvalidDataException($"The {subject} is damaged{hint}: its description is empty.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException
            or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"The {subject} is damaged{hint}: its description cannot be read. {e.Message}", e);
        }
    }

    private static bool HasTooMany(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        int values = 0;
        while (reader.Read())
        {
            if (++values > MostValues)
                return true;
        }
        return false;
    }
}
