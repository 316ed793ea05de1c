using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent.Tasks;

/// <summary>The metrics of a tagger, over the steps of all sequences.</summary>
/// <param name="labels">The number of classes.</param>
/// <param name="head">The head, which tells the predicted class.</param>
internal sealed class TaggerMetrics(int labels, HeadDefinition head) : TaskMetrics
{
    private readonly string[] _names = new string[labels];
    private TaggingCounts _counts = new(labels);

    public override IReadOnlyList<KeyValuePair<string, double>> Values
    {
        get
        {
            SequenceTaggingMetrics metrics = _counts.ToMetrics(_names);
            return
            [
                new(nameof(metrics.TokenAccuracy), metrics.TokenAccuracy),
                new(nameof(metrics.SequenceAccuracy), metrics.SequenceAccuracy),
                new(nameof(metrics.MacroF1), metrics.MacroF1),
            ];
        }
    }

    public override void Clear() => _counts = new(labels);

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        int size = outputs.Length / Math.Max(1, labels.Length);
        for (int t = 0; t < labels.Length; t++)
        {
            ReadOnlySpan<float> prediction = outputs.Slice(t * size, size);
            if (!float.IsNaN(labels[t]))
                _counts.AddStep((int)labels[t] + 1, head.Decode(prediction) + 1, prediction[(int)labels[t]]);
        }
        _counts.EndSequence();
    }
}
