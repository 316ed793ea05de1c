using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// The JSON of records, by reflection. Trimmed programs turn reflection off for options without a resolver, so all options have one here.
/// <para>
/// Generated code is no replacement: it gives a property that a file lacks the default of its type, not the value that the record
/// initializes it with. Older files would be misread.
/// </para>
/// </summary>
internal static class RecordJson
{
    /// <summary>The reason for which reflection on the types of these assemblies is safe.</summary>
    public const string Untrimmed = "The assembly is not marked as trimmable, so that partial trimming keeps all its types and members.";

    private static readonly JsonSerializerOptions _plain = new() { TypeInfoResolver = CreateResolver() };

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static IJsonTypeInfoResolver CreateResolver(Action<JsonTypeInfo>? modifier = null)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (modifier is not null)
            resolver.Modifiers.Add(modifier);
        return resolver;
    }

    /// <param name="value">The record.</param>
    /// <param name="options">Options with a resolver; null for the plain ones.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static byte[] Write<T>(T value, JsonSerializerOptions? options = null) =>
        JsonSerializer.SerializeToUtf8Bytes(value, options ?? _plain);

    /// <inheritdoc cref="Write"/>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static string WriteText<T>(T value, JsonSerializerOptions? options = null) => JsonSerializer.Serialize(value, options ?? _plain);

    /// <summary>The JSON of a record with the properties of the type <paramref name="type"/>.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static JsonObject WriteObject(object value, Type type, JsonSerializerOptions options) =>
        JsonSerializer.SerializeToNode(value, type, options)!.AsObject();

    /// <exception cref="JsonException">It is not the JSON of such a record.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(json, options ?? _plain);

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonSerializerOptions?)"/>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static T? Read<T>(ReadOnlySpan<char> json) => JsonSerializer.Deserialize<T>(json, _plain);

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonSerializerOptions?)"/>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static T? Read<T>(ref Utf8JsonReader json, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref json, options);

    /// <summary>Reads a record of the type <paramref name="type"/>.</summary>
    /// <exception cref="JsonException">It is not the JSON of such a record.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Untrimmed)]
    public static object? ReadObject(JsonObject json, Type type, JsonSerializerOptions options) => json.Deserialize(type, options);
}
