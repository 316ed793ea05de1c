namespace MlNetRecurrent.Engine.Training;

/// <summary>Estimates the time of work that is still to be done.</summary>
internal static class TimeEstimate
{
    /// <param name="count">Items to be done.</param>
    /// <param name="elapsed">The time that the items so far took.</param>
    /// <param name="done">The items so far.</param>
    /// <returns>The estimate; <see cref="TimeSpan.MaxValue"/> where it is longer than that.</returns>
    public static TimeSpan For(double count, TimeSpan elapsed, long done)
    {
        double ticks = elapsed.Ticks * (count / Math.Max(1, done));
        return ticks < TimeSpan.MaxValue.Ticks ? new((long)Math.Round(ticks)) : TimeSpan.MaxValue;
    }
}
