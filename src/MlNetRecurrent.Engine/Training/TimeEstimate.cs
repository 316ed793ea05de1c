namespace MlNetRecurrent.Engine.Training;

/// <summary>Estimates the remaining time of some work.</summary>
internal static class TimeEstimate
{
    /// <param name="count">Remaining items.</param>
    /// <param name="elapsed">The time of the items so far.</param>
    /// <param name="done">The items so far.</param>
    /// <returns>The estimate; <see cref="TimeSpan.MaxValue"/> where it is longer than that.</returns>
    public static TimeSpan For(double count, TimeSpan elapsed, long done)
    {
        double ticks = elapsed.Ticks * (count / Math.Max(1, done));
        return ticks < TimeSpan.MaxValue.Ticks ? new((long)Math.Round(ticks)) : TimeSpan.MaxValue;
    }
}
