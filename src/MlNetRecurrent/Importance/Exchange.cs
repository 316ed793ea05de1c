namespace MlNetRecurrent.Importance;

/// <summary>Which row gets the values of which other row.</summary>
/// <param name="Donors">For each row, the row whose values it gets.</param>
/// <param name="Lag">The step that is exchanged, counted from the end; null for all steps.</param>
internal sealed record Exchange(int[] Donors, int? Lag)
{
    /// <summary>Draws an exchange of one step among the rows that have it, or of all steps.</summary>
    /// <param name="lengths">The steps of each row.</param>
    /// <param name="lag">The step; null for all steps.</param>
    /// <param name="random">The source of random numbers.</param>
    public static Exchange Draw(IReadOnlyList<int> lengths, int? lag, Random random) => new(
        DrawDonors(lag is { } step ? [.. lengths.Select(length => length > step ? 1 : 0)] : lengths, random), lag);

    /// <summary>
    /// Draws a row at least as long for each row: from the longest rows to the shortest, those of one length draw without replacement.
    /// Rows of equal length are permuted.
    /// </summary>
    private static int[] DrawDonors(IReadOnlyList<int> lengths, Random random)
    {
        int[] rows = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(row => lengths[row])];
        int[] pool = [.. rows], donors = new int[rows.Length];
        for (int first = 0, end; first < rows.Length; first = end)
        {
            end = first + 1;
            while (end < rows.Length && lengths[rows[end]] == lengths[rows[first]])
                end++;
            // The first rows of the pool, up to the end, are those at least as long.
            for (int i = first; i < end; i++)
            {
                int place = i - first, drawn = random.Next(place, end);
                (pool[place], pool[drawn]) = (pool[drawn], pool[place]);
                donors[rows[i]] = pool[place];
            }
        }
        return donors;
    }
}
