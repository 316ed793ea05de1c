using System.Text.Json.Serialization;

namespace MlNetRecurrent.Tasks;

/// <summary>The scale of the labels of a regression: label = output · Deviation + Mean.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 0 where all labels are the same, so that every score is their value.</param>
internal sealed record LabelScale(double Mean, double Deviation)
{
    /// <summary>A deviation that is a smaller part of the mean is rounding of the sums.</summary>
    private const double LeastDeviation = 1e-12;

    /// <summary>
    /// The size of an error of 1 in the unit of the labels. Where all labels are the same, it is too small to show in a score.
    /// </summary>
    [JsonIgnore]
    public double Unit => Deviation > 0 ? Deviation : Math.ScaleB(Mean == 0 ? 1 : Math.Abs(Mean), -24);

    /// <summary>The weighted mean and deviation of the labels of the data.</summary>
    public static LabelScale Learn(DataStatistics data)
    {
        (double mean, double deviation) = data.Labels;
        return new(mean, deviation > LeastDeviation * Math.Abs(mean) ? deviation : 0);
    }

    public float FromScale(float output) => (float)(output * Deviation + Mean);
}
