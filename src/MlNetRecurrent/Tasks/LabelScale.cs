using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Tasks;

/// <summary>Labels as a network learns them: (label - Mean) / Deviation.</summary>
internal sealed record LabelScale(double Mean, double Deviation)
{
    /// <summary>The weighted mean and deviation of the labels of a set, one a sequence. Labels that are all the same keep their scale.</summary>
    public static LabelScale Learn(SequenceSet data)
    {
        double mean = Average(data, label => label), deviation = Math.Sqrt(Average(data, label => (label - mean) * (label - mean)));
        return new(mean, deviation > 0 ? deviation : 1);
    }

    private static double Average(SequenceSet data, Func<double, double> term)
    {
        double sum = 0;
        for (int i = 0; i < data.Count; i++)
            sum += data.Weight(i) * term(data.Labels(i)[0]);
        return sum / data.TotalWeight;
    }

    public float ToScale(float label) => (float)((label - Mean) / Deviation);

    public float FromScale(float output) => (float)(output * Deviation + Mean);
}
