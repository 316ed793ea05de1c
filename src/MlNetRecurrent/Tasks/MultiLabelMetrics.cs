using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent.Tasks;

/// <summary>The metrics of labels with several values that are yes or no.</summary>
internal sealed class MultiLabelMetrics(int labels) : TaskMetrics
{
    private readonly string[] _names = new string[labels];
    private MultiLabelCounts _counts = new(labels);

    public override IReadOnlyList<KeyValuePair<string, double>> Values
    {
        get
        {
            MultiLabelClassificationMetrics metrics = _counts.ToMetrics(_names);
            return
            [
                new(nameof(metrics.MicroF1), metrics.MicroF1),
                new(nameof(metrics.MacroF1), metrics.MacroF1),
                new(nameof(metrics.SubsetAccuracy), metrics.SubsetAccuracy),
                new(nameof(metrics.HammingLoss), metrics.HammingLoss),
            ];
        }
    }

    public override void Clear() => _counts = new(labels);

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        for (int slot = 0; slot < labels.Length; slot++)
        {
            if (!float.IsNaN(labels[slot]))
                _counts.AddLabel(slot, labels[slot] > 0, BinaryOutputs.IsPositive(outputs[slot]));
        }
        _counts.EndRow();
    }
}
