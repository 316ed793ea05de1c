namespace MlNetRecurrent.Reproductions.Names;

/// <summary>A noisy text, such as a tweet: its words, and the tag of each after BIO.</summary>
internal sealed class NamedSentence
{
    private const int LongestShape = 5;

    public required string[] Words { get; init; }

    public required string[] Tags { get; init; }

    /// <summary>The words in lower case; links, users and numbers are one word each.</summary>
    public string[] Tokens => [.. Words.Select(Token)];

    /// <summary>The kinds of the characters of each word.</summary>
    public string[] Shapes => [.. Words.Select(Shape)];

    /// <summary>The lines of a file: word, tab, tag; an empty line ends a text.</summary>
    public static IEnumerable<NamedSentence> Read(string path)
    {
        List<(string Word, string Tag)> pairs = [];
        foreach (string line in File.ReadLines(path).Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                string[] parts = line.Split('\t');
                pairs.Add((parts[0], parts[1]));
            }
            else if (pairs.Count > 0)
            {
                yield return new() { Words = [.. pairs.Select(pair => pair.Word)], Tags = [.. pairs.Select(pair => pair.Tag)] };
                pairs.Clear();
            }
        }
    }

    /// <summary>Whether I- follows neither B- nor I- of the same type anywhere.</summary>
    public static bool BreaksScheme(IReadOnlyList<string> tags) =>
        tags.Where((tag, step) => tag.StartsWith("I-", StringComparison.Ordinal) && (step == 0 || tags[step - 1][1..] != tag[1..])).Any();

    private static string Token(string word) =>
        word.StartsWith("http", StringComparison.Ordinal) ? "<link>"
        : word is ['@', _, ..] ? "<user>"
        : word.Any(char.IsDigit) && word.All(letter => char.IsDigit(letter) || char.IsPunctuation(letter)) ? "<number>"
        : (word is ['#', _, ..] ? word[1..] : word).ToLowerInvariant();

    /// <summary>A kind that repeats is written once, except at the start: a capital is Xx, a word in capitals XX.</summary>
    private static string Shape(string word)
    {
        string shape = "";
        foreach (char kind in word.Select(Kind))
        {
            if (shape.Length < LongestShape && (shape.Length < 2 || shape[^1] != kind))
                shape += kind;
        }
        return shape;
    }

    private static char Kind(char letter) =>
        char.IsUpper(letter) ? 'X' : char.IsLower(letter) ? 'x' : char.IsDigit(letter) ? 'd' : letter is '@' or '#' ? letter : '.';
}
