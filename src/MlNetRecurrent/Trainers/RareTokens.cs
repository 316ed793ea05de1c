using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Trainers;

/// <summary>Tells small collections of texts, whose words occur a few times each, from sequences of symbols.</summary>
internal static class RareTokens
{
    /// <summary>800 sentences of product reviews have words that occur five times in the mean; 25,000 long reviews, eighty times.</summary>
    private const double Often = 20;

    /// <param name="data">The figures of the training part.</param>
    public static bool AreIn(DataStatistics data) => Are(data.MeanTokenCount);

    /// <param name="meanCount">How often a token occurs in the mean; 0 where there are none.</param>
    public static bool Are(double meanCount) => meanCount is > 0 and < Often;
}
