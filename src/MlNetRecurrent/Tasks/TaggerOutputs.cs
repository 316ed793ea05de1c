namespace MlNetRecurrent.Tasks;

/// <summary>The predicted class of every step, and the probabilities of all classes: [steps, classes].</summary>
internal sealed class TaggerOutputs : ClassOutputs
{
    private readonly int _predictionSize;

    public TaggerOutputs(int count, LabelValues? labels, TaggerTask? task = null)
        : base(count, labels)
    {
        TaggerTask own = task ?? RecurrentTask.Tagger;
        Task = own;
        _predictionSize = Task.Head.GetPredictionSize(count);
        Columns =
        [
            new(
                PredictedLabel, new VectorDataViewType(new KeyDataViewType(typeof(uint), count)), LabelGetter, PredictedLabel,
                builder => ClassLabels.AddKeyValues(builder, labels)),
            new(Score, new VectorDataViewType(NumberDataViewType.Single, 0, count), ScoreGetter, Score),
            .. own.Alternatives > 0 ? new PathOutputs(count, labels, _predictionSize, own.Alternatives).Columns : [],
        ];
    }

    public override RecurrentTask Task { get; }

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override TaskMetrics NewMetrics() => new TaggerMetrics(Count, Task.Head.WithoutAlternatives());

    private ValueGetter<VBuffer<uint>> LabelGetter(IScoredRow row) => (ref VBuffer<uint> keys) =>
    {
        ReadOnlySpan<float> predictions = row.Outputs.Span;
        int steps = predictions.Length / _predictionSize;
        VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, steps);
        for (int t = 0; t < steps; t++)
            editor.Values[t] = KeyOf(predictions.Slice(t * _predictionSize, _predictionSize));
        keys = editor.Commit();
    };

    /// <summary>The probabilities come first in the prediction of a step.</summary>
    private ValueGetter<VBuffer<float>> ScoreGetter(IScoredRow row) => (ref VBuffer<float> scores) =>
    {
        ReadOnlySpan<float> predictions = row.Outputs.Span;
        int steps = predictions.Length / _predictionSize;
        VBufferEditor<float> editor = VBufferEditor.Create(ref scores, steps * Count);
        for (int t = 0; t < steps; t++)
            predictions.Slice(t * _predictionSize, Count).CopyTo(editor.Values[(t * Count)..]);
        scores = editor.Commit();
    };
}
