namespace MlNetRecurrent.Reproductions.Running;

/// <summary>What several trainings came to.</summary>
internal static class Spread
{
    /// <summary>The least and the largest of several values, for a table.</summary>
    public static string Of(IReadOnlyCollection<double> values, string format) =>
        values.Count > 1 ? $"{values.Count} seeds {values.Min().ToString(format)} to {values.Max().ToString(format)}" : "1 seed";

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
