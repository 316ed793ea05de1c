namespace CompareCells;

/// <summary>Beginnings of nested brackets, such as <c>([]{}</c>, and the bracket that must close next, here <c>)</c>.</summary>
public static class Brackets
{
    private const string Opening = "([{", Closing = ")]}";

    /// <summary>Strings that end with a closing bracket and leave at least one open, so that the answer is never the last bracket that was opened.</summary>
    public static IEnumerable<BracketsModel.ModelInput> Generate(int count, int shortest, int longest, int seed)
    {
        var random = new Random(seed);
        while (count > 0)
        {
            var text = new char[random.Next(shortest, longest + 1)];
            var open = new Stack<int>();
            for (int i = 0; i < text.Length; i++)
            {
                if (open.Count == 0 || random.Next(2) == 0)
                {
                    open.Push(random.Next(Opening.Length));
                    text[i] = Opening[open.Peek()];
                }
                else
                {
                    text[i] = Closing[open.Pop()];
                }
            }
            if (open.Count == 0 || Opening.Contains(text[^1]))
                continue;
            count--;
            yield return new() { Text = new(text), Next = $"{Closing[open.Peek()]}" };
        }
    }

    /// <summary>A guess that needs no learning: the last bracket that was opened is closed, so that the one opened before it may be next.</summary>
    public static string Guess(string text) => $"{Closing[Opening.IndexOf(text.Where(Opening.Contains).SkipLast(1).Last())]}";
}
