using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Tasks;

/// <summary>The logit of the positive class, its probability, and the likelier class.</summary>
/// <param name="labels">The names of the two classes, where the labels were keys with values.</param>
internal sealed class BinaryOutputs(LabelValues? labels = null) : TaskOutputs
{
    public override int Count => 1;

    public override RecurrentTask Task => RecurrentTask.Binary;

    /// <summary>The names of the two classes, where they have names.</summary>
    public LabelValues? Labels => labels;

    public override IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new(PredictedLabel, BooleanDataViewType.Instance, LabelGetter, PredictedLabel),
        new(Score, NumberDataViewType.Single, ScoreGetter, Score),
        new(Probability, NumberDataViewType.Single, ProbabilityGetter, Probability, AnnotateProbability),
    ];

    public override OutputDescription Describe() =>
        new() { Task = Task.Name, Count = Count, LabelKind = labels?.KindName, LabelValues = labels?.Texts };

    public override TaskMetrics NewMetrics() => new BinaryMetrics();

    /// <summary>The likelier class.</summary>
    public static bool IsPositive(float logit) => logit > 0;

    private static ValueGetter<bool> LabelGetter(IScoredRow row) => (ref bool label) => label = IsPositive(row.Outputs.Span[0]);

    private static ValueGetter<float> ScoreGetter(IScoredRow row) => (ref float score) => score = row.Outputs.Span[0];

    private static ValueGetter<float> ProbabilityGetter(IScoredRow row) =>
        (ref float probability) => probability = OpenProbability.Sigmoid(row.Outputs.Span[0]);

    private static void AnnotateProbability(DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(AnnotationNames.IsNormalized, BooleanDataViewType.Instance, true);
}
