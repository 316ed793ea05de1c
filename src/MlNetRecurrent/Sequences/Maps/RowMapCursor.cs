namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A cursor with the column added.</summary>
internal sealed class RowMapCursor(RowMapSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
    : DerivedCursor(schema, input, columns)
{
    public override long Position => Input.Position;

    public override long Batch => Input.Batch;

    protected override bool Move() => Input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override Delegate MakeGetter(DataViewSchema.Column column) => schema.Added.MakeGetter(Input);
}
