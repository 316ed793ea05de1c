namespace MlNetRecurrent.Tasks;

/// <summary>Multiclass classification with keys as labels.</summary>
internal sealed class MulticlassTask : RecurrentTask
{
    public const string TaskName = "MulticlassClassification";

    public override string Name => TaskName;

    public override string LabelExpected => "a key (MapValueToKey makes keys of values)";

    public override HeadDefinition UsualHead => HeadDefinition.Categorical;

    public override bool IsLabel(DataViewType item, bool isKey) => isKey;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        IEnumerable<SchemaShape.Column> values = SchemaShapes.KeyValues(label, AnnotationNames.TrainingLabelValues);
        IEnumerable<SchemaShape.Column> slots = values.Select(_ => SchemaShapes.Plain(
            AnnotationNames.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance));
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
            SchemaShapes.KeyValues(label, AnnotationNames.KeyValues));
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            [.. slots, .. values]);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label)
    {
        Func<ulong> key = KeyReader.Scalar(row, label);
        ulong keys = ClassLabels.KeysOf(label);
        var read = new float[1];
        return () =>
        {
            read[0] = ClassLabels.ClassOf(key(), keys, row, label);
            return read;
        };
    }

    public override TaskOutputs RestoreOutputs(OutputDescription description) =>
        new MulticlassOutputs(description.Count, description.RestoreLabels(description.Count));

    public override TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous)
    {
        (int count, LabelValues? values) = ClassLabels.Learn(label, data, Previous<MulticlassOutputs>(label, previous));
        return new MulticlassOutputs(count, values);
    }
}
