using System.Text;
using System.Text.Json;

namespace MlNetRecurrent.Tests.Files;

/// <summary>JSON of which one field is odd.</summary>
/// <param name="Path">The field.</param>
/// <param name="What">What stands in its place.</param>
/// <param name="Json">The whole.</param>
internal sealed record JsonMutation(string Path, string What, string Json)
{
    private static readonly string[] _odd =
    [
        "null", "-1", "0", "1", "2147483647", "-2147483648", "99999999999999999999", "16777216", "0.5", "1e39", "-1e39", "1e999",
        "\"\"", "\"NaN\"", "\"x\"", "\"\\ud800\"", "true", "false", "[]", "[null]", "[-1]", "{}",
        "{\"a\":{}}", "[[[[[[[[[[]]]]]]]]]]",
    ];

    /// <summary>Each field, element of an array, and the whole, with each of many odd values, missing, and twice.</summary>
    public static IEnumerable<JsonMutation> Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (string path in Paths(document.RootElement, ""))
        {
            foreach (string odd in _odd)
                yield return new(path, odd, Render(document.RootElement, "", path, (name, _) => name + odd));
            if (path.Length == 0)
                continue;
            yield return new(path, "missing", Render(document.RootElement, "", path, (_, _) => ""));
            yield return new(path, "twice", Render(document.RootElement, "", path, (name, value) => $"{name}{value},{name}{value}"));
            yield return new(path, "twice, first odd", Render(document.RootElement, "", path, (name, value) => $"{name}-1,{name}{value}"));
        }
    }

    private static IEnumerable<string> Paths(JsonElement element, string path)
    {
        yield return path;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                foreach (string inner in Paths(property.Value, $"{path}.{property.Name}"))
                    yield return inner;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0)
        {
            foreach (int i in new SortedSet<int> { 0, element.GetArrayLength() - 1 })
            {
                foreach (string inner in Paths(element[i], $"{path}[{i}]"))
                    yield return inner;
            }
        }
    }

    private static string Render(JsonElement element, string path, string target, Func<string, string, string> change)
    {
        if (path == target && path.Length == 0)
            return change("", element.GetRawText());
        IEnumerable<(string Name, string Path, JsonElement Value)> parts = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject()
                .Select(property => ($"\"{property.Name}\":", $"{path}.{property.Name}", property.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((value, i) => ("", $"{path}[{i}]", value)),
            _ => [],
        };
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return element.GetRawText();
        var text = new StringBuilder();
        foreach ((string name, string at, JsonElement value) in parts)
        {
            string part = at == target ? change(name, value.GetRawText()) : name + Render(value, at, target, change);
            if (part.Length > 0)
                text.Append(text.Length > 0 ? "," : "").Append(part);
        }
        return element.ValueKind == JsonValueKind.Object ? $"{{{text}}}" : $"[{text}]";
    }
}
