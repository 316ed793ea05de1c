using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Tasks;

/// <summary>
/// The logit of the positive class, its probability, and the likelier class: one of each, or one for each slot of a label or for each step.
/// </summary>
internal sealed class BinaryOutputs : TaskOutputs
{
    private readonly float _threshold;

    /// <param name="task">The task.</param>
    /// <param name="labels">The names of the two classes, where the labels were keys with values.</param>
    /// <param name="slots">The slots of labels that are vectors; null for other labels.</param>
    /// <param name="threshold">The logit above which the positive class is predicted.</param>
    public BinaryOutputs(RecurrentTask task, LabelValues? labels = null, LabelSlots? slots = null, float threshold = 0)
    {
        _threshold = threshold;
        Task = task;
        Labels = labels;
        Slots = slots;
        Columns = task.EveryStep || slots is not null ? MakeVectors() :
        [
            new(PredictedLabel, BooleanDataViewType.Instance, LabelGetter, PredictedLabel),
            new(Score, NumberDataViewType.Single, ScoreGetter, Score),
            new(Probability, NumberDataViewType.Single, ProbabilityGetter, Probability, AnnotateProbability),
        ];
    }

    public override int Count => Slots?.Count ?? 1;

    public override int ClassCount => 2;

    public override RecurrentTask Task { get; }

    public override float? Threshold => _threshold;

    /// <summary>The names of the two classes, where they have names.</summary>
    public LabelValues? Labels { get; }

    public override LabelSlots? Slots { get; }

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override OutputDescription Describe() =>
        new()
        {
            Task = Task.Name,
            Count = Count,
            LabelKind = Labels?.KindName,
            LabelValues = Labels?.Texts,
            Slots = Slots,
            Threshold = _threshold == 0 ? null : _threshold,
        };

    public override TaskOutputs WithThreshold(float threshold) => new BinaryOutputs(Task, Labels, Slots, threshold);

    public override TaskMetrics NewMetrics() => Slots is null ? new BinaryMetrics() : new MultiLabelMetrics(Count);

    /// <summary>The likelier class, which is the predicted one unless the threshold was changed.</summary>
    public static bool IsPositive(float logit) => logit > 0;

    private OutputColumn[] MakeVectors() =>
    [
        new(PredictedLabel, TypeOf(BooleanDataViewType.Instance), VectorGetter(logit => logit > _threshold), PredictedLabel, AnnotateSlots),
        new(Score, TypeOf(NumberDataViewType.Single), row => OutputColumn.VectorGetter(() => row.Outputs), Score, AnnotateSlots),
        new(
            Probability, TypeOf(NumberDataViewType.Single), VectorGetter(OpenProbability.Sigmoid), Probability,
            builder =>
            {
                AnnotateSlots(builder);
                AnnotateProbability(builder);
            }),
    ];

    private VectorDataViewType TypeOf(PrimitiveDataViewType item) => Slots?.TypeOf(item) ?? new(item);

    private static Func<IScoredRow, Delegate> VectorGetter<T>(Func<float, T> convert) => row =>
        (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            ReadOnlySpan<float> outputs = row.Outputs.Span;
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, outputs.Length);
            for (int i = 0; i < outputs.Length; i++)
                editor.Values[i] = convert(outputs[i]);
            value = editor.Commit();
        });

    private ValueGetter<bool> LabelGetter(IScoredRow row) => (ref bool label) => label = row.Outputs.Span[0] > _threshold;

    private static ValueGetter<float> ScoreGetter(IScoredRow row) => (ref float score) => score = row.Outputs.Span[0];

    private static ValueGetter<float> ProbabilityGetter(IScoredRow row) =>
        (ref float probability) => probability = OpenProbability.Sigmoid(row.Outputs.Span[0]);

    private void AnnotateSlots(DataViewSchema.Annotations.Builder builder) => Slots?.AddNames(builder);

    private static void AnnotateProbability(DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(AnnotationNames.IsNormalized, BooleanDataViewType.Instance, true);
}
