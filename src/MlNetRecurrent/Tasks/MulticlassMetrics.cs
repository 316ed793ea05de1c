namespace MlNetRecurrent.Tasks;

/// <summary>The accuracy over all sequences, and its mean over the classes.</summary>
internal sealed class MulticlassMetrics(int classes) : TaskMetrics
{
    private readonly long[] _count = new long[classes], _right = new long[classes];

    public override IReadOnlyList<KeyValuePair<string, double>> Values =>
    [
        new(nameof(MulticlassClassificationMetrics.MicroAccuracy), (double)_right.Sum() / _count.Sum()),
        new(
            nameof(MulticlassClassificationMetrics.MacroAccuracy),
            Enumerable.Range(0, classes).Where(label => _count[label] > 0).Average(label => (double)_right[label] / _count[label])),
    ];

    public override void Clear()
    {
        Array.Clear(_count);
        Array.Clear(_right);
    }

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        int label = (int)labels[0];
        _count[label]++;
        _right[label] += MulticlassOutputs.Likeliest(outputs) == label ? 1 : 0;
    }
}
