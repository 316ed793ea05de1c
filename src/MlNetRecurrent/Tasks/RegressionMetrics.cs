namespace MlNetRecurrent.Tasks;

/// <summary>
/// The errors of predictions, in the unit of the labels: means over the slots of labels that are vectors. Of several predictions for a
/// value, such as quantiles, the middle one counts.
/// </summary>
/// <param name="scales">The scale of the label, or of each slot of it.</param>
internal sealed class RegressionMetrics(LabelScale[] scales) : TaskMetrics
{
    private readonly long[] _count = new long[scales.Length];
    private readonly double[] _squares = new double[scales.Length], _distances = new double[scales.Length];

    public override IReadOnlyList<KeyValuePair<string, double>> Values =>
    [
        new(nameof(Microsoft.ML.Data.RegressionMetrics.RootMeanSquaredError), Mean(slot => Math.Sqrt(_squares[slot] / _count[slot]))),
        new(nameof(Microsoft.ML.Data.RegressionMetrics.MeanAbsoluteError), Mean(slot => _distances[slot] / _count[slot])),
    ];

    public override void Clear()
    {
        Array.Clear(_count);
        Array.Clear(_squares);
        Array.Clear(_distances);
    }

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        int perLabel = outputs.Length / Math.Max(1, labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            if (float.IsNaN(labels[i]))
                continue;
            int slot = i % scales.Length;
            double error = scales[slot].FromScale(outputs[i * perLabel + perLabel / 2]) - (double)labels[i];
            _count[slot]++;
            _squares[slot] += error * error;
            _distances[slot] += Math.Abs(error);
        }
    }

    /// <summary>The mean over the slots that have labels.</summary>
    private double Mean(Func<int, double> figure) =>
        Enumerable.Range(0, scales.Length).Where(slot => _count[slot] > 0).Select(figure).DefaultIfEmpty(double.NaN).Average();
}
