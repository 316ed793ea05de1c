namespace MlNetRecurrent.Tasks;

/// <summary>Labels as a network learns them: (label - Mean) / Deviation.</summary>
internal sealed record LabelScale(double Mean, double Deviation)
{
    /// <summary>The mean and the deviation of labels. Labels that are all the same keep their scale.</summary>
    public static LabelScale Learn(IReadOnlyCollection<double> labels)
    {
        double mean = labels.Average(), deviation = Math.Sqrt(labels.Average(label => (label - mean) * (label - mean)));
        return new(mean, deviation > 0 ? deviation : 1);
    }

    public float ToScale(float label) => (float)((label - Mean) / Deviation);

    public float FromScale(float output) => (float)(output * Deviation + Mean);
}
