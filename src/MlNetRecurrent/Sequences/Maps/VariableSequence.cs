namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A sequence of a known number of steps as one of any number, for components that take no other.</summary>
internal sealed record VariableSequence : RowMap
{
    public required string InputColumnName { get; init; }

    /// <summary>Numbers of a step, or 0 where steps are keys.</summary>
    public required int Features { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Sequence(input, InputColumnName, orKeys: true);
        return SchemaShapes.With(OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.IsKey);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        StepColumn column = StepColumn.Any(input, InputColumnName, Features, oneHotKeys: false);
        var vector = (VectorDataViewType)column.Column.Type;
        var type = Features > 0 ? new VectorDataViewType(vector.ItemType, 0, Features) : new VectorDataViewType(vector.ItemType);
        return new(type, new DataViewSchema.Annotations.Builder().ToAnnotations(), MakeGetter);
    }

    protected override void ValidateMap()
    {
        if (Features is < 0 or >= 1 << 24)
            throw Damaged($"a step has {Features} features");
    }

    private Delegate MakeGetter(DataViewRow row)
    {
        DataViewSchema.Column column = row.Schema[InputColumnName];
        return TypeDispatch.Call(MakeGetter<int>, column.Type, row, column);
    }

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            getter(ref value);
            VectorLength.ThrowIfOther(row, column, value.Length);
        });
    }
}
