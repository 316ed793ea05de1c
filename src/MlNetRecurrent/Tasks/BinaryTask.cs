namespace MlNetRecurrent.Tasks;

/// <summary>Binary classification. The label is yes or no, or a vector of them.</summary>
internal class BinaryTask : RecurrentTask
{
    public const string TaskName = "BinaryClassification";

    public override string Name => TaskName;

    public override string LabelExpected =>
        "Boolean, Single (0, 1, or NaN where it is missing) or keys of two values " +
        "(MapValueToKey makes them, and keeps missing labels missing; ConvertType makes empty text 0 or false, and NaN true), " +
        "or a vector of Boolean or Single of known size";

    public override HeadDefinition UsualHead => HeadDefinition.Bernoulli;

    public override IReadOnlyList<string> OutputNames => [TaskOutputs.PredictedLabel, TaskOutputs.Score, TaskOutputs.Probability];

    public override bool IsLabel(SchemaShape.Column label) =>
        IsLabelKind(label.Kind) && BinaryLabels.IsLabel(label.ItemType, label.IsKey)
        && (label.Kind == SchemaShape.Column.VectorKind.Scalar || !label.IsKey);

    public override bool IsLabel(DataViewType item, bool isKey) => BinaryLabels.IsLabel(item, isKey);

    public override bool TakesVectors => true;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        (SchemaShape.Column.VectorKind kind, SchemaShape.Column[] slots) = ShapeOf(label);
        yield return SchemaShapes.ScoreColumn(TaskOutputs.PredictedLabel, kind, BooleanDataViewType.Instance, isKey: false, slots);
        yield return SchemaShapes.ScoreColumn(TaskOutputs.Score, kind, NumberDataViewType.Single, isKey: false, slots);
        yield return SchemaShapes.ProbabilityColumn(TaskOutputs.Probability, kind, slots);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label) => BinaryLabels.Read(row, label, SlotsOf(label));

    public override TaskOutputs RestoreOutputs(OutputDescription description)
    {
        LabelValues? labels = description.RestoreLabels(count: 2);
        return float.IsFinite(description.Threshold ?? 0)
            ? new BinaryOutputs(this, labels, description.RestoreSlots(), description.Threshold ?? 0)
            : throw new InvalidDataException(
                FormattableString.Invariant($"The model is damaged: its threshold is {description.Threshold}."));
    }

    public override TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous)
    {
        LabelValues? names = BinaryLabels.Names(label.Column);
        LabelSlots? slots = label.Slots;
        if (Previous<BinaryOutputs>(label, previous) is { } known)
        {
            ClassLabels.ThrowIfOther(label, 2, known.Labels, 2, names);
            label.ThrowIfOtherSlots(known.Slots);
            return new BinaryOutputs(this, names ?? known.Labels, slots);
        }
        if (data.Labels.Any(figures => !figures.IsConstant))
            return new BinaryOutputs(this, names, slots);
        if (slots is { Count: > 1 })
            throw label.NothingToTellApart(data.Count, value: null);
        bool only = data.ClassWeights.Count > 1;
        string value = names is null ? $"{only}" : $"'{names.Texts[only ? 1 : 0]}'";
        throw label.NothingToTellApart(data.Count, value);
    }
}
