namespace MlNetRecurrent.Tasks;

/// <summary>Regression. The label is a value or a vector of values.</summary>
/// <param name="head">The head of a new network; null for the squared error.</param>
internal class RegressionTask(HeadDefinition? head = null) : RecurrentTask
{
    public const string TaskName = "Regression";

    public override string Name => TaskName;

    public override string LabelExpected => "Single (ConvertType makes numbers Single), or a vector of Single of known size";

    public override bool HasClasses => false;

    public override HeadDefinition UsualHead { get; } = head ?? HeadDefinition.Value;

    public override bool Accepts(HeadDefinition head) => head.HasValues;

    public override IReadOnlyList<string> OutputNames => [TaskOutputs.Score];

    public override bool IsLabel(DataViewType item, bool isKey) => !isKey && item == NumberDataViewType.Single;

    public override bool TakesVectors => true;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        (SchemaShape.Column.VectorKind kind, SchemaShape.Column[] slots) = ShapeOf(label);
        // Several outputs for each value are a vector, whose slots are not those of the label.
        if (!EveryStep && Head.OutputsFor(labelSize: 1) > 1)
            (kind, slots) = (SchemaShape.Column.VectorKind.Vector, []);
        yield return SchemaShapes.ScoreColumn(TaskOutputs.Score, kind, NumberDataViewType.Single, isKey: false, slots);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label) =>
        NumberLabels.ReadFinite(row, label, SlotsOf(label));

    public override TaskOutputs RestoreOutputs(OutputDescription description)
    {
        LabelSlots? slots = description.RestoreSlots();
        return new RegressionOutputs(this, description.RestoreScales(), description.Count, slots);
    }

    /// <summary>
    /// Scales the labels to mean 0 and standard deviation 1, each slot by itself, or by the scale of the previous model, unless that has
    /// only one value.
    /// </summary>
    public override TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous)
    {
        LabelSlots? slots = label.Slots;
        RegressionOutputs? known = Previous<RegressionOutputs>(label, previous);
        if (known is not null)
            label.ThrowIfOtherSlots(known.Slots);
        LabelScale[] scales =
        [
            .. data.Labels.Select((figures, slot) => known?.Scales[slot] is { Deviation: > 0 } scale ? scale : LabelScale.Learn(figures)),
        ];
        return new RegressionOutputs(this, scales, Head.OutputsFor(scales.Length), slots);
    }
}
