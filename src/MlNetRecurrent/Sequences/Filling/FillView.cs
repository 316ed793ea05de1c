namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The rows with the filled column added. They come in their order, and are read twice to interpolate.</summary>
internal sealed class FillView(FillSchema schema, IDataView input, IChannelProvider environment)
    : DerivedView(schema, input, FillTransformer.Component, isOnePass: true)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) => new FillCursor(
        schema, input, columns, environment,
        schema.Settings.Fill == MissingValueFill.Forward ? null : () => Interpolation.Compute(schema, Source));
}
