namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A map bound to the schema of its input.</summary>
internal sealed class RowMapSchema : BoundSchema
{
    public RowMapSchema(RowMap map, DataViewSchema input)
        : base(input)
    {
        Map = map;
        Added = map.AddColumn(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(map.OutputColumnName, Added.Type, Added.Annotations);
        Output = builder.ToSchema();
    }

    public RowMap Map { get; }

    /// <summary>The columns of the input, then the one that is added.</summary>
    public override DataViewSchema Output { get; }

    public AddedColumn Added { get; }

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => Map.InputColumnNames;
}
