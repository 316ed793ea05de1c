namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Turns numbers back that are in the unit of a normalized column: x = y · spread + center.</summary>
internal sealed record DenormalizedByGroup : GroupScaling
{
    private const string Normalized = "a column that NormalizeByGroup made";

    /// <summary>The normalized column, whose scales are taken when the transform is fitted.</summary>
    public required string NormalizedColumnName { get; init; }

    public override IReadOnlyList<string> InputColumnNames =>
        Scales is null ? [InputColumnName, NormalizedColumnName] : [InputColumnName, Scales.GroupColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = FindInput(input, InputColumnName), normalized = SchemaShapeRules.Find(input, NormalizedColumnName);
        if (normalized.Annotations.All(annotation => annotation.Name != AnnotationNames.GroupScales))
            throw SchemaShapeRules.Unfit(normalized, Normalized);
        return SchemaShapes.With(OutputColumnName, column.Kind, column.ItemType, isKey: false, SchemaShapes.SlotNames(column));
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        ReadOnlyMemory<char> text = default;
        data.Schema[NormalizedColumnName].Annotations.GetValue(AnnotationNames.GroupScales, ref text);
        return this with { Scales = GroupScales.Parse(text.ToString()) };
    }

    protected override float Scale(float number, double center, double spread) => (float)(number * spread + center);

    /// <summary>Several numbers of the unit of one, such as quantiles, share its scale.</summary>
    protected override void ThrowIfOtherSlots(DataViewSchema.Column column, int slots)
    {
        if (Scales!.Slots != 1 && slots != Scales.Slots)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' holds {slots} numbers a row; column '{NormalizedColumnName}' has {Scales.Slots}.");
        }
    }
}
