namespace NameTagger;

/// <summary>A slot of the templates, such as {person}, and the words that can stand there.</summary>
/// <param name="Type">The type of the name; O for words that are no names.</param>
/// <param name="Plain">Words of this slot only; the tests have other ones than the training, except a few that lists share.</param>
/// <param name="Ambiguous">Words that mean something else in other slots; training and tests share them.</param>
/// <param name="AmbiguousPart">The probability of an ambiguous word.</param>
public sealed record Slot(string Type, string[] Plain, string[] Ambiguous, double AmbiguousPart)
{
    /// <summary>Words that can stand before the word, or after it, as parts of the name.</summary>
    public string[] Before { get; init; } = [];

    public string[] After { get; init; } = [];

    /// <summary>The probability that one of these is added.</summary>
    public double LongerPart { get; init; }

    /// <summary>Draws words, with the tag of each.</summary>
    public IEnumerable<(string Word, string Tag)> Draw(Random random)
    {
        string words = One(random.NextDouble() < AmbiguousPart ? Ambiguous : Plain, random);
        if (random.NextDouble() < LongerPart)
        {
            int added = random.Next(Before.Length + After.Length);
            words = added < Before.Length ? $"{Before[added]} {words}" : $"{words} {After[added - Before.Length]}";
        }
        return Words.Split(words).Select((word, place) => (word, Tags.Of(Type, place)));
    }

    private static string One(string[] words, Random random) => words[random.Next(words.Length)];
}
