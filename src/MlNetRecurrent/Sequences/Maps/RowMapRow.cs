namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A row with the column added.</summary>
internal sealed class RowMapRow(RowMapSchema schema, DataViewRow input, DataViewSchema.Column[] columns)
    : DerivedRow(schema, input, columns)
{
    protected override Delegate MakeGetter(DataViewSchema.Column column) => schema.Added.MakeGetter(Input);
}
