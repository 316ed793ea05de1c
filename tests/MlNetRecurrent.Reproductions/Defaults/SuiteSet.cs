namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>What a set asks for.</summary>
internal enum SuiteTask
{
    Binary,
    Multiclass,
    Regression,
    Tagging,
}

/// <summary>A set of the suite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Task">What it asks for.</param>
/// <param name="Features">Numbers a step; 0 where steps are tokens.</param>
/// <param name="Split">
/// The rows to learn from and the rows to test on, by a seed that matters only where the set has no split of its own.
/// </param>
internal sealed record SuiteSet(string Name, SuiteTask Task, int Features, Func<int, SuiteSplit> Split)
{
    /// <summary>Whether the defaults were chosen on other sets.</summary>
    public bool IsUnseen { get; init; }

    /// <summary>Whether rows are in the order of time, so that the last ones validate.</summary>
    public bool IsInOrderOfTime { get; init; }

    /// <summary>The tag that means "no entity", if the set is scored by the F1 of the others; null if it is scored by accuracy.</summary>
    public string? OutsideTag { get; init; }

    /// <summary>Whether a larger score is better.</summary>
    public bool MoreIsBetter => Task != SuiteTask.Regression;
}

/// <summary>The rows to learn from and the rows to test on.</summary>
internal sealed record SuiteSplit(Example[] Training, Example[] Test)
{
    /// <summary>A part of the training rows in place of the test rows.</summary>
    /// <param name="seed">Says which part; not used for rows in the order of time.</param>
    /// <param name="isInOrderOfTime">Whether it is the last part.</param>
    public SuiteSplit ForValidation(int seed, bool isInOrderOfTime)
    {
        if (isInOrderOfTime)
            return new(Training[..(Training.Length * 3 / 4)], Training[(Training.Length * 3 / 4)..]);
        List<Example> training = [], validation = [];
        foreach (IGrouping<string, Example> group in Training.GroupBy(row => row.Class))
        {
            Example[] rows = [.. group];
            new Random(seed).Shuffle(rows);
            int part = Math.Max(1, rows.Length / 4);
            validation.AddRange(rows[..part]);
            training.AddRange(rows[part..]);
        }
        Example[] shuffled = [.. training];
        new Random(seed).Shuffle(shuffled);
        return new(shuffled, [.. validation]);
    }

    /// <summary>The first rows to learn from, after a shuffle, and the others to test on.</summary>
    public static SuiteSplit AtRandom(IReadOnlyCollection<Example> rows, int training, int seed)
    {
        Example[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        return new(shuffled[..training], shuffled[training..]);
    }
}
