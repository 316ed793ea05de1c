namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// A sequence of a known number of steps as one of any number, and keys of any integers as UInt32, for components that take no other.
/// </summary>
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
        return SchemaShapes.With(
            OutputColumnName, SchemaShape.Column.VectorKind.VariableVector,
            column.IsKey ? NumberDataViewType.UInt32 : column.ItemType, column.IsKey);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        VectorDataViewType type = Characters > 0 ? TypeOfCharacters(input) : TypeOfSteps(input);
        return new(type, new DataViewSchema.Annotations.Builder().ToAnnotations(), MakeGetter);
    }

    private VectorDataViewType TypeOfSteps(DataViewSchema input)
    {
        StepColumn column = StepColumn.Any(input, InputColumnName, Features, oneHotKeys: false);
        return column.Keys is { } keys ? new(new KeyDataViewType(typeof(uint), keys))
            : Features > 0 ? new(NumberDataViewType.Single, 0, Features)
            : new(NumberDataViewType.Single);
    }

    private VectorDataViewType TypeOfCharacters(DataViewSchema input)
    {
        DataViewSchema.Column found = SchemaShapeRules.Find(input, InputColumnName);
        SequenceColumn column = SequenceColumn.Of(found, 0, "Column", takesCharacters: true);
        return new(new KeyDataViewType(typeof(uint), column.Tokens - 1), 0, Characters);
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
        return ((VectorDataViewType)column.Type).ItemType is KeyDataViewType ? MakeKeyGetter(row, column) : MakeNumberGetter(row, column);
    }

    private static ValueGetter<VBuffer<float>> MakeNumberGetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(column);
        return (ref VBuffer<float> value) =>
        {
            getter(ref value);
            VectorLength.ThrowIfOther(row, column, value.Length);
        };
    }

    private static ValueGetter<VBuffer<uint>> MakeKeyGetter(DataViewRow row, DataViewSchema.Column column)
    {
        KeyReader.VectorGetter getter = KeyReader.Vector(row, column);
        int[] keys = [];
        return (ref VBuffer<uint> value) =>
        {
            int length = getter(ref keys);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref value, length);
            for (int t = 0; t < length; t++)
                editor.Values[t] = (uint)keys[t];
            value = editor.Commit();
        };
    }
}
