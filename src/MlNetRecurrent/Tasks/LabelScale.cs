using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Tasks;

/// <summary>Labels as a network learns them: (label - Mean) / Deviation.</summary>
internal sealed record LabelScale(double Mean, double Deviation)
{
    /// <summary>A deviation that is a smaller part of the mean is rounding.</summary>
    private const double LeastDeviation = 1e-12;

    /// <summary>The weighted mean and deviation of the labels of the data. Labels that are all the same keep their scale.</summary>
    public static LabelScale Learn(DataStatistics data)
    {
        (double mean, double deviation) = data.Labels;
        return new(mean, deviation > LeastDeviation * Math.Abs(mean) ? deviation : 1);
    }

    public float FromScale(float output) => (float)(output * Deviation + Mean);
}
