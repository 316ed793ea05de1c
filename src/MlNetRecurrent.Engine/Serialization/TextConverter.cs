using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// Text as JSON, whatever UTF-16 it holds. <see cref="JsonSerializer"/> alone writes half of a surrogate pair as U+FFFD, so that different
/// texts become one, and does not read its escape.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"Expected text, found {reader.TokenType}.");
        return reader.ValueIsEscaped ? Unescape(_strict.GetString(reader.ValueSpan)) : reader.GetString()!;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (IsWellFormed(value))
            writer.WriteStringValue(value);
        else
            writer.WriteRawValue(Escape(value), skipInputValidation: true);
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out int length) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[length..];
        }
        return true;
    }

    private static string Escape(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == ' ')
                json.Append(character);
            else
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        return json.Append('"').ToString();
    }

    /// <param name="json">What stands between the quotes of valid JSON.</param>
    private static string Unescape(string json)
    {
        var text = new StringBuilder(json.Length);
        for (int i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }
            char escape = json[++i];
            text.Append(escape switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(json.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => escape,
            });
            if (escape == 'u')
                i += 4;
        }
        return text.ToString();
    }
}
