namespace MlNetRecurrent.Tasks;

/// <summary>Binary classification.</summary>
internal sealed class BinaryTask : RecurrentTask
{
    public const string TaskName = "BinaryClassification";

    public override string Name => TaskName;

    public override string LabelExpected =>
        "Boolean, Single (0, 1, or NaN where it is missing) or keys of two values " +
        "(MapValueToKey makes them, and keeps missing labels missing; ConvertType makes empty text 0 or false, and NaN true)";

    public override IReadOnlyList<HeadDefinition> Heads => [HeadDefinition.Bernoulli];

    public override IReadOnlyList<string> OutputNames => [TaskOutputs.PredictedLabel, TaskOutputs.Score, TaskOutputs.Probability];

    public override bool IsLabel(DataViewType item, bool isKey) => BinaryLabels.IsLabel(item, isKey);

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        yield return SchemaShapes.ProbabilityColumn(TaskOutputs.Probability);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label) => BinaryLabels.Read(row, label);

    public override TaskOutputs RestoreOutputs(OutputDescription description) => new BinaryOutputs(description.RestoreLabels(count: 2));

    public override TaskOutputs LearnOutputs(DataViewSchema.Column label, DataStatistics data, TaskOutputs? previous)
    {
        LabelValues? names = BinaryLabels.Names(label);
        if (Previous<BinaryOutputs>(previous) is { } known)
        {
            ClassLabels.ThrowIfOther(2, known.Labels, 2, names);
            return new BinaryOutputs(names ?? known.Labels);
        }
        if (data.ClassWeights is [> 0, > 0])
            return new BinaryOutputs(names);
        bool only = data.ClassWeights.Count > 1;
        string value = names is null ? $"{only}" : $"'{names.Texts[only ? 1 : 0]}'";
        throw new InvalidOperationException(
            $"All {data.Count} rows to learn from have the same label in column '{label.Name}', {value}: there is nothing to tell apart.");
    }
}
