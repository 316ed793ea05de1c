namespace MlNetRecurrent.Tasks;

/// <summary>Yes or no for every step, with a vector of Booleans as the label.</summary>
internal sealed class BinaryTaggerTask : BinaryTask
{
    public override string Name => "BinaryTagging";

    public override string LabelExpected => "a vector of Boolean or Single (0, 1, or NaN where it is missing), one a step";

    public override bool EveryStep => true;

    public override bool IsLabelKind(SchemaShape.Column.VectorKind kind) => kind != SchemaShape.Column.VectorKind.Scalar;

    public override LabelSlots? SlotsOf(DataViewSchema.Column label) => null;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) =>
        base.OutputShape(SchemaShapes.Plain(label.Name, SchemaShape.Column.VectorKind.VariableVector, label.ItemType));
}
