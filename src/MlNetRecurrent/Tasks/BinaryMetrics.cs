namespace MlNetRecurrent.Tasks;

/// <summary>The accuracy and the area under the ROC curve.</summary>
internal sealed class BinaryMetrics : TaskMetrics
{
    private readonly List<(float Score, bool IsPositive)> _scored = [];
    private int _right;

    public override IReadOnlyList<KeyValuePair<string, double>> Values =>
    [
        new(nameof(BinaryClassificationMetrics.Accuracy), (double)_right / _scored.Count),
        new(nameof(BinaryClassificationMetrics.AreaUnderRocCurve), AreaUnderRocCurve()),
    ];

    public override void Clear()
    {
        _scored.Clear();
        _right = 0;
    }

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        for (int t = 0; t < labels.Length; t++)
        {
            if (float.IsNaN(labels[t]))
                continue;
            bool isPositive = labels[t] > 0;
            _scored.Add((outputs[t], isPositive));
            _right += BinaryOutputs.IsPositive(outputs[t]) == isPositive ? 1 : 0;
        }
    }

    /// <summary>
    /// The part of all pairs of a positive and a negative label in the right order. Equal scores count half (Mann and Whitney 1947).
    /// </summary>
    private double AreaUnderRocCurve()
    {
        _scored.Sort((one, other) => one.Score.CompareTo(other.Score));
        long negatives = 0, positives = 0;
        double right = 0;
        for (int i = 0; i < _scored.Count;)
        {
            long equalNegatives = 0, equalPositives = 0;
            for (float score = _scored[i].Score; i < _scored.Count && _scored[i].Score == score; i++)
            {
                if (_scored[i].IsPositive)
                    equalPositives++;
                else
                    equalNegatives++;
            }
            right += equalPositives * (negatives + equalNegatives / 2.0);
            negatives += equalNegatives;
            positives += equalPositives;
        }
        return right / ((double)negatives * positives);
    }
}
