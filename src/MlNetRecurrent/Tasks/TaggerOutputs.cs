namespace MlNetRecurrent.Tasks;

/// <summary>The likeliest class of every step, and the probabilities of all classes: [steps, classes].</summary>
internal sealed class TaggerOutputs : ClassOutputs
{
    public TaggerOutputs(int count, LabelValues? labels)
        : base(count, labels)
    {
        Columns =
        [
            new(
                PredictedLabel, new VectorDataViewType(new KeyDataViewType(typeof(uint), count)), LabelGetter, PredictedLabel,
                builder => ClassLabels.AddKeyValues(builder, labels)),
            new(
                Score, new VectorDataViewType(NumberDataViewType.Single, 0, count),
                row => OutputColumn.VectorGetter(() => row.Outputs), Score),
        ];
    }

    public override RecurrentTask Task => RecurrentTask.Tagger;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override TaskMetrics NewMetrics() => new TaggerMetrics(Count);

    private ValueGetter<VBuffer<uint>> LabelGetter(IScoredRow row) => (ref VBuffer<uint> keys) =>
    {
        ReadOnlySpan<float> probabilities = row.Outputs.Span;
        int steps = probabilities.Length / Count;
        VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, steps);
        for (int t = 0; t < steps; t++)
            editor.Values[t] = MulticlassOutputs.KeyOf(probabilities.Slice(t * Count, Count));
        keys = editor.Commit();
    };
}
