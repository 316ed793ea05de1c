using System.Text.Json.Serialization;

namespace MlNetRecurrent.Tasks;

/// <summary>The scale of the labels of a regression: label = output · Deviation + Mean.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 0 where all labels are the same, so that every score is their value.</param>
internal sealed record LabelScale(double Mean, double Deviation)
{
    /// <summary>A deviation that is a smaller part of the mean is rounding of the sums.</summary>
    private const double LeastDeviation = 1e-12;

    /// <summary>The scale of outputs that are values in the unit of the labels.</summary>
    public static LabelScale One { get; } = new(Mean: 0, Deviation: 1);

    /// <summary>
    /// The size of an error of 1 in the unit of the labels. Where all labels are the same, it is too small to show in a score.
    /// </summary>
    [JsonIgnore]
    public double Unit => Deviation > 0 ? Deviation : Math.ScaleB(Mean == 0 ? 1 : Math.Abs(Mean), -24);

    /// <summary>
    /// The same for a slot beside others. Where all labels of the slot are the same, those of the validation part that differ must not
    /// hide the errors of the other slots.
    /// </summary>
    [JsonIgnore]
    public double UnitOfSlot => Deviation > 0 ? Deviation : Math.Max(1, Math.Abs(Mean));

    /// <summary>The weighted mean and deviation of the labels of the data.</summary>
    public static LabelScale Learn(LabelStatistics labels) =>
        new(labels.Mean, labels.Deviation > LeastDeviation * Math.Abs(labels.Mean) ? labels.Deviation : 0);

    public float FromScale(float output) => (float)(output * Deviation + Mean);
}
