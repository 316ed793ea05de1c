namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// A part of the steps of sequences that are cut into windows of equal size, counted from the end: all sequences end with the last window,
/// and the first window of each has the remaining steps.
/// </summary>
/// <param name="Steps">Steps of a window; 0 where sequences are not cut.</param>
/// <param name="Left">Windows that follow this one.</param>
internal readonly record struct TimeWindow(int Steps, int Left)
{
    /// <summary>Sequences as they are.</summary>
    public static TimeWindow Whole => default;

    /// <summary>Whether the sequences end here.</summary>
    public bool IsLast => Left == 0;

    /// <summary>Windows of a sequence.</summary>
    public static int CountFor(int length, int steps) => steps == 0 || length <= steps ? 1 : (length - 1) / steps + 1;

    /// <summary>
    /// The first step in the window, for a sequence of this length, and the number of steps: 0 where the sequence has not begun.
    /// </summary>
    public (int Start, int Length) Of(int length)
    {
        if (Steps == 0)
            return (0, length);
        long end = Math.Max(0, length - (long)Left * Steps), start = Math.Max(0, end - Steps);
        return ((int)start, (int)(end - start));
    }
}
