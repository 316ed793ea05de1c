using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>The characters that have a key, which are code points of Unicode.</summary>
internal static class Alphabet
{
    /// <summary>The number of code points of Unicode.</summary>
    public const int MostKeys = 0x110000;

    /// <summary>The characters in the order of their keys, one after the other: the most frequent ones.</summary>
    public static string Learn(IReadOnlyDictionary<Rune, long> counts, int mostKeys)
    {
        IEnumerable<Rune> frequent = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key)
            .Take(mostKeys).Select(count => count.Key);
        var characters = new StringBuilder();
        foreach (Rune character in frequent.Order())
            characters.Append(character);
        return characters.ToString();
    }

    /// <summary>Counts the characters of a text.</summary>
    public static void Count(ReadOnlySpan<char> text, Dictionary<Rune, long> counts)
    {
        foreach (Rune character in text.EnumerateRunes())
            counts[character] = counts.GetValueOrDefault(character) + 1;
    }

    /// <summary>The key of each character; others have the missing key, 0.</summary>
    public static Dictionary<Rune, uint> KeysOf(string characters)
    {
        Dictionary<Rune, uint> keys = [];
        foreach (Rune character in characters.EnumerateRunes())
            keys.Add(character, (uint)keys.Count + 1);
        return keys;
    }

    /// <summary>The annotations of a column of keys, with the characters as their values.</summary>
    public static DataViewSchema.Annotations Annotate(string characters)
    {
        ReadOnlyMemory<char>[] values = [.. characters.EnumerateRunes().Select(character => character.ToString().AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(
            AnnotationNames.KeyValues, new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(values.Length, values).CopyTo(ref value));
        return builder.ToAnnotations();
    }

    /// <summary>The annotation of a column of keys as it is known before there is data.</summary>
    public static SchemaShape.Column KeyValues =>
        SchemaShapes.Plain(AnnotationNames.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);

    /// <summary>Says what is wrong with characters that were read from a file; null where nothing is.</summary>
    public static string? FindFault(string characters, int mostKeys)
    {
        Rune[] all = [.. characters.EnumerateRunes()];
        if (all.Length == 0 || all.Distinct().Count() != all.Length)
            return "its characters are none, or not all different";
        return mostKeys >= all.Length && mostKeys <= MostKeys
            ? null
            : FormattableString.Invariant($"it has {all.Length} characters of at most {mostKeys}");
    }
}
