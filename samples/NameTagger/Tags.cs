namespace NameTagger;

/// <summary>The tags, after BIO: B begins a name, I is inside of one, O is outside of names.</summary>
public static class Tags
{
    /// <summary>No name.</summary>
    public const string Other = "O";

    public const string Person = "person";

    public const string Place = "place";

    /// <summary>What a word can be a part of.</summary>
    public static IReadOnlyList<string> Types { get; } = [Other, Person, Place];

    /// <summary>The tag of a word of a name, by its place in the name.</summary>
    public static string Of(string type, int place) => type == Other ? Other : place == 0 ? $"B-{type}" : $"I-{type}";

    /// <summary>The type of a tag.</summary>
    public static string TypeOf(string tag) => tag[(tag.IndexOf('-') + 1)..];

    /// <summary>Whether a tag begins a name.</summary>
    public static bool Begins(string tag) => tag.StartsWith("B-", StringComparison.Ordinal);

    /// <summary>Whether I is somewhere without B or I of the same type before it.</summary>
    public static bool AreForbidden(IReadOnlyList<string> tags) => tags
        .Where((tag, step) => !Begins(tag) && tag != Other && (step == 0 || TypeOf(tags[step - 1]) != TypeOf(tag)))
        .Any();
}
