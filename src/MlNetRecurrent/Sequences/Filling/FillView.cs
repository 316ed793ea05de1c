namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The rows with the filled column added. They come in their order, in one pass, or in two where values are interpolated.</summary>
internal sealed class FillView(FillSchema schema, IDataView input, IChannelProvider environment)
    : DerivedView(schema, input, FillTransformer.Component, isOnePass: true)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) => new FillCursor(
        schema, input, columns, environment,
        schema.Settings.Fill == MissingValueFill.Forward ? null : () => Interpolation.Compute(schema, Source));
}
