namespace MlNetRecurrent.Tasks;

/// <summary>Regression of every step, with a vector of values as the label.</summary>
internal sealed class RegressionTaggerTask : RegressionTask
{
    public override string Name => "RegressionTagging";

    public override string LabelExpected => "a vector of Single, one a step (ConvertType makes numbers Single)";

    public override bool EveryStep => true;

    public override bool IsLabelKind(SchemaShape.Column.VectorKind kind) => kind != SchemaShape.Column.VectorKind.Scalar;

    public override LabelSlots? SlotsOf(DataViewSchema.Column label) => null;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) =>
        base.OutputShape(SchemaShapes.Plain(label.Name, SchemaShape.Column.VectorKind.VariableVector, label.ItemType));
}
