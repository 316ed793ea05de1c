namespace AlgorithmicPatterns;

/// <summary>A pattern that goes on for ever, a word after the other; whoever has understood it knows the rest of a word once its first b has come, and that an a comes after it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Symbols">The number of symbols: a, b, and so on.</param>
/// <param name="Word">The word that counts to n.</param>
public sealed record Pattern(string Name, int Symbols, Func<int, string> Word)
{
    public static readonly Pattern[] All =
    [
        new("aⁿbⁿ", 2, n => Repeat('a', n) + Repeat('b', n)),
        new("aⁿbⁿcⁿ", 3, n => Repeat('a', n) + Repeat('b', n) + Repeat('c', n)),
        new("aⁿb²ⁿ", 2, n => Repeat('a', n) + Repeat('b', 2 * n)),
    ];

    /// <summary>What follows each symbol of a word.</summary>
    public string Next(int n) => Word(n)[1..] + 'a';

    /// <summary>The first symbol of a word after which the next one is known: the first b.</summary>
    public static int FirstKnown(int n) => n;

    private static string Repeat(char symbol, int count) => new(symbol, count);
}
