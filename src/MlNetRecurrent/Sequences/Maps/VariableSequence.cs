namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A sequence of a known number of steps as one of any number, for components that take no other.</summary>
internal sealed record VariableSequence : RowMap
{
    public required string InputColumnName { get; init; }

    /// <summary>Numbers of a step, or 0 where steps are keys.</summary>
    public required int Features { get; init; }

    /// <summary>Keys of a step that are the characters of a word, or 0 where a step has one.</summary>
    public int Characters { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Sequence(input, InputColumnName, orKeys: true);
        return SchemaShapes.With(OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.IsKey);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName, nameof(input));
        DataViewType item = ((VectorDataViewType)column.Type).ItemType;
        if (Characters == 0)
            _ = StepColumn.Any(input, InputColumnName, Features, oneHotKeys: false);
        int ofStep = Math.Max(Features, Characters);
        var type = ofStep > 0 ? new VectorDataViewType((PrimitiveDataViewType)item, 0, ofStep) : new((PrimitiveDataViewType)item);
        return new(type, new DataViewSchema.Annotations.Builder().ToAnnotations(), MakeGetter);
    }

    protected override void ValidateMap()
    {
        if (Features is < 0 or >= 1 << 24)
            throw Damaged($"a step has {Features} features");
        if (Characters is < 0 or > InputField.MostCharacters)
            throw Damaged($"a step has {Characters} characters");
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
