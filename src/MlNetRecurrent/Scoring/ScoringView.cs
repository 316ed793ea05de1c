namespace MlNetRecurrent.Scoring;

/// <summary>A view with the model's columns added, scored while it is read.</summary>
internal sealed class ScoringView(ScoringSchema schema, IDataView input)
    : DerivedView(schema, input, "a recurrent network", isOnePass: false)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new ScoringCursor(schema, input, columns);
}
