namespace CompareCells;

/// <summary>Texts that begin with nested brackets, such as <c>([]{}</c>, and the bracket that must close next, here <c>)</c>.</summary>
/// <param name="Name">What is in them.</param>
/// <param name="FileName">The end of the names of pictures.</param>
/// <param name="Letters">The part of the characters that are letters, which say nothing: they only stand between the brackets.</param>
public sealed record Brackets(string Name, string FileName, double Letters)
{
    public static readonly Brackets Alone = new("brackets alone", "brackets", 0);
    public static readonly Brackets AmongLetters = new("as many letters as brackets", "letters", 0.5);

    private const string Opening = "([{", Closing = ")]}";

    /// <summary>
    /// Texts whose last bracket is a closing one, and that leave at least one open: so the answer is never the bracket opened last.
    /// </summary>
    public IEnumerable<BracketsModel.ModelInput> Generate(int count, int shortest, int longest, int seed)
    {
        var random = new Random(seed);
        while (count > 0)
        {
            var text = new char[random.Next(shortest, longest + 1)];
            var open = new Stack<int>();
            bool closes = false;
            for (int i = 0; i < text.Length; i++)
            {
                if (random.NextDouble() < Letters)
                {
                    text[i] = (char)random.Next('a', 'f');
                    continue;
                }
                closes = open.Count > 0 && random.Next(2) == 0;
                if (!closes)
                    open.Push(random.Next(Opening.Length));
                text[i] = closes ? Closing[open.Pop()] : Opening[open.Peek()];
            }
            if (!closes || open.Count == 0)
                continue;
            count--;
            yield return new() { Text = new(text), Next = $"{Closing[open.Peek()]}" };
        }
    }

    /// <summary>A guess without learning: the bracket that was opened last is closed, so the one opened before it may be next.</summary>
    public static string Guess(string text) => $"{Closing[Opening.IndexOf(text.Where(Opening.Contains).SkipLast(1).Last())]}";
}
