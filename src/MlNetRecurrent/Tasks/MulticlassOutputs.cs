namespace MlNetRecurrent.Tasks;

/// <summary>The likeliest class, and the probabilities of all classes.</summary>
internal sealed class MulticlassOutputs : ClassOutputs
{
    public MulticlassOutputs(int count, LabelValues? labels)
        : base(count, labels)
    {
        Columns =
        [
            new(
                PredictedLabel, new KeyDataViewType(typeof(uint), count), LabelGetter, PredictedLabel,
                builder => ClassLabels.AddKeyValues(builder, labels)),
            new(
                Score, new VectorDataViewType(NumberDataViewType.Single, count), row => OutputColumn.VectorGetter(() => row.Outputs),
                Score, AnnotateScore),
        ];
    }

    public override RecurrentTask Task => RecurrentTask.Multiclass;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override TaskMetrics NewMetrics() => new MulticlassMetrics(Count);

    /// <summary>The likeliest class, from 0.</summary>
    public static int Likeliest(ReadOnlySpan<float> probabilities) => HeadDefinition.Categorical.Decode(probabilities);

    private ValueGetter<uint> LabelGetter(IScoredRow row) => (ref uint key) => key = KeyOf(row.Outputs.Span);

    private void AnnotateScore(DataViewSchema.Annotations.Builder builder)
    {
        if (Labels is null)
            return;
        string[] names = Labels.Texts;
        builder.Add(
            AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
                new VBuffer<ReadOnlyMemory<char>>(Count, Array.ConvertAll(names, name => name.AsMemory())).CopyTo(ref value));
        Labels.AddTo(builder, AnnotationNames.TrainingLabelValues);
    }
}
