namespace NameTagger;

/// <summary>What a word can be.</summary>
public static class Tags
{
    /// <summary>No name.</summary>
    public const string Other = "O";

    public const string Person = "person";

    public const string Place = "place";

    /// <summary>All tags, in the order of the keys and scores.</summary>
    public static IReadOnlyList<string> All { get; } = [Other, Person, Place];
}
