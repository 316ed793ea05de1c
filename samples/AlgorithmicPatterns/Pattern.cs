using System.Text.RegularExpressions;

namespace AlgorithmicPatterns;

/// <summary>
/// A pattern that goes on for ever, word after word. The first b of a word tells the rest of it, and that an a comes after it.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Symbols">The number of symbols: a, b, and so on.</param>
/// <param name="Word">The word that counts to n.</param>
public sealed partial record Pattern(string Name, int Symbols, Func<int, string> Word)
{
    public static readonly Pattern
        Ab = new("aⁿbⁿ", 2, n => Repeat('a', n) + Repeat('b', n)),
        Abc = new("aⁿbⁿcⁿ", 3, n => Repeat('a', n) + Repeat('b', n) + Repeat('c', n)),
        Abb = new("aⁿb²ⁿ", 2, n => Repeat('a', n) + Repeat('b', 2 * n));

    public static readonly Pattern[] All = [Ab, Abc, Abb];

    /// <summary>What follows each symbol of a word.</summary>
    public string Next(int n) => Word(n)[1..] + 'a';

    /// <summary>The first symbol of a word after which the next one is known: the first b.</summary>
    public static int FirstKnown(int n) => n;

    /// <summary>The text with numbers for symbols that repeat, such as a³b² for aaabb.</summary>
    public static string Shorten(string text) =>
        Repetition().Replace(text, run => run.Value[0] + string.Concat($"{run.Length}".Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'])));

    [GeneratedRegex(@"(.)\1+")]
    private static partial Regex Repetition();

    private static string Repeat(char symbol, int count) => new(symbol, count);
}
