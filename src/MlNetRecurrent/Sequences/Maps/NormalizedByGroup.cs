using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Scales numbers by the statistics of their group: y = (x - center) / spread.</summary>
internal sealed record NormalizedByGroup : GroupScaling
{
    public required string GroupColumnName { get; init; }

    public required SequenceNormalization Mode { get; init; }

    public required UnseenGroupAction UnseenGroups { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName, GroupColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = FindInput(input, InputColumnName);
        SchemaShape.Column group = SchemaShapeRules.Find(input, GroupColumnName);
        if (group.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw SchemaShapeRules.Unfit(group, "a scalar, for groups");
        SchemaShape.Column scales = SchemaShapes.Plain(
            AnnotationNames.GroupScales, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance);
        return SchemaShapes.With(
            OutputColumnName, column.Kind, column.ItemType, isKey: false, [.. SchemaShapes.SlotNames(column), scales]);
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        RowGroupingRules.ThrowIfVector(data.Schema[GroupColumnName]);
        return this with { Scales = GroupScales.Learn(data, this, checkCancelled) };
    }

    protected override string? Remark(DataViewSchema input) => Scales is { GroupsWithoutSpread: > 0 and var count }
        ? FormattableString.Invariant($"{count} of {Scales.Groups.Length} groups in column '{GroupColumnName}' are constant, or have no ")
            + $"value, in column '{InputColumnName}', and are scaled by the spread of all rows."
        : null;

    protected override void Warn(WarningLog warnings)
    {
        if (Scales is not { GroupsWithoutValues: [var first, ..] groups })
            return;
        (string subject, string has, string be) = groups.Length == 1
            ? ($"The group '{first}'", "has", "is")
            : ($"{groups.Length} groups, of which the first is '{first}',", "have", "are");
        warnings.Warn(
            RecurrentWarning.GroupWithoutValues, MessageSensitivity.UserData,
            $"{subject} in column '{GroupColumnName}' {has} no value in column '{InputColumnName}' and {be} scaled as all rows are.");
    }

    protected override void Annotate(DataViewSchema.Annotations.Builder builder)
    {
        var text = new Lazy<ReadOnlyMemory<char>>(() => Scales!.ToText().AsMemory());
        builder.Add(
            AnnotationNames.GroupScales, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.Value);
    }

    protected override float Scale(float number, double center, double spread) => (float)((number - center) / spread);

    protected override void ThrowIfOtherSlots(DataViewSchema.Column column, int slots)
    {
        if (slots != Scales!.Slots)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' holds {slots} numbers a row; the normalizer was fitted on {Scales.Slots}.");
        }
    }

    protected override void ValidateMap()
    {
        base.ValidateMap();
        if (!Enum.IsDefined(Mode) || UnseenGroups != Scales!.UnseenGroups || GroupColumnName != Scales.GroupColumnName)
            throw Damaged("its settings are not those that its scales were learned under");
    }
}
