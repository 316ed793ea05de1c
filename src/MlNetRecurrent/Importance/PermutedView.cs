namespace MlNetRecurrent.Importance;

/// <summary>A view in which rows have exchanged the values of a feature. Its schema is that of the data.</summary>
/// <param name="data">The data.</param>
/// <param name="feature">The feature.</param>
/// <param name="values">Its values in the data.</param>
/// <param name="exchange">Which row gets the values of which other row.</param>
internal sealed class PermutedView(IDataView data, StepFeature feature, FeatureValues values, Exchange exchange)
    : DerivedView(new Permuted(data.Schema, feature.Column), data, "PermutationFeatureImportance", isOnePass: true)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new Cursor(new(input.Schema, feature.Column), input, columns, values, exchange);

    private sealed class Permuted(DataViewSchema input, DataViewSchema.Column permuted) : BoundSchema(input)
    {
        public override DataViewSchema Output => Input;

        public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => column.Index == permuted.Index ? null : column;

        protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => [made.Name];
    }

    private sealed class Cursor(
        Permuted schema, DataViewRowCursor input, DataViewSchema.Column[] columns, FeatureValues values, Exchange exchange)
        : DerivedCursor(schema, input, columns)
    {
        public override long Position => Input.Position;

        public override long Batch => Input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override bool Move() => Input.MoveNext();

        protected override Delegate MakeGetter(DataViewSchema.Column column) => values.MakeGetter(Input, exchange);
    }
}
