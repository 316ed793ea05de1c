namespace MlNetRecurrent.Tasks;

/// <summary>Regression.</summary>
internal sealed class RegressionTask : RecurrentTask
{
    public const string TaskName = "Regression";

    public override string Name => TaskName;

    public override string LabelExpected => "Single (ConvertType makes numbers Single)";

    public override bool HasClasses => false;

    public override IReadOnlyList<HeadDefinition> Heads => [HeadDefinition.Value];

    public override IReadOnlyList<string> OutputNames => [TaskOutputs.Score];

    public override bool IsLabel(DataViewType item, bool isKey) => !isKey && item == NumberDataViewType.Single;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<float> getter = row.GetGetter<float>(label);
        var read = new float[1];
        return () =>
        {
            getter(ref read[0]);
            if (float.IsInfinity(read[0]))
            {
                throw new InvalidOperationException(
                    $"Label column '{label.Name}': row {row.Position} (counted from 0) is infinite; "
                    + "a value to learn is a finite number.");
            }
            return read;
        };
    }

    public override TaskOutputs RestoreOutputs(OutputDescription description) => new RegressionOutputs(description.RestoreScale());

    /// <summary>
    /// Scales the labels to mean 0 and standard deviation 1, or by the scale of the previous model, unless that has only one value.
    /// </summary>
    public override TaskOutputs LearnOutputs(DataViewSchema.Column label, DataStatistics data, TaskOutputs? previous) =>
        new RegressionOutputs(Previous<RegressionOutputs>(previous)?.Scale is { Deviation: > 0 } scale ? scale : LabelScale.Learn(data));
}
