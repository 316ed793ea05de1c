namespace MlNetRecurrent.Trainers;

/// <summary>Distinguishes small collections of texts, whose words occur a few times each, from sequences of symbols.</summary>
internal static class RareTokens
{
    /// <summary>
    /// The words of 800 sentences of product reviews occur five times in the mean; those of 25,000 long reviews, eighty times.
    /// </summary>
    private const double Often = 20;

    /// <param name="data">The figures of the training part.</param>
    public static bool AreIn(DataStatistics data) => Are(data.MeanTokenCount);

    /// <param name="meanCount">The mean number of occurrences of a token; 0 where there are no tokens.</param>
    public static bool Are(double meanCount) => meanCount is > 0 and < Often;
}
