namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// One value a row for components that read tensors of Single and UInt32: Booleans as numbers, keys of any integers as UInt32.
/// </summary>
internal sealed record StaticValue : RowMap
{
    public required string InputColumnName { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(input, InputColumnName);
        return SchemaShapes.With(
            OutputColumnName, column.Kind, column.IsKey ? NumberDataViewType.UInt32 : NumberDataViewType.Single, column.IsKey);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName);
        SequenceColumn found = StaticColumn.Of(column);
        DataViewType type = found.HoldsTokens ? new KeyDataViewType(typeof(uint), found.Tokens - 1)
            : column.Type is BooleanDataViewType ? NumberDataViewType.Single
            : column.Type;
        return new(type, new DataViewSchema.Annotations.Builder().ToAnnotations(), MakeGetter);
    }

    /// <summary>The names are checked for all maps.</summary>
    protected override void ValidateMap()
    {
    }

    private Delegate MakeGetter(DataViewRow row)
    {
        DataViewSchema.Column column = row.Schema[InputColumnName];
        return column.Type switch
        {
            KeyDataViewType => MakeKeyGetter(row, column),
            BooleanDataViewType => MakeFlagGetter(row, column),
            VectorDataViewType => row.GetGetter<VBuffer<float>>(column),
            _ => row.GetGetter<float>(column),
        };
    }

    private static ValueGetter<uint> MakeKeyGetter(DataViewRow row, DataViewSchema.Column column)
    {
        Func<ulong> getter = KeyReader.Scalar(row, column);
        return (ref uint key) => key = (uint)Math.Min(getter(), uint.MaxValue);
    }

    private static ValueGetter<float> MakeFlagGetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(column);
        bool flag = false;
        return (ref float value) =>
        {
            getter(ref flag);
            value = flag ? 1 : 0;
        };
    }
}
