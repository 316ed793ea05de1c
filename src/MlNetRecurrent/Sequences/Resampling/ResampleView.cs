namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>A row for each interval of each group.</summary>
internal sealed class ResampleView(ResampleSchema schema, IDataView input, IChannelProvider environment)
    : DerivedView(schema, input, ResampleTransformer.Component, isOnePass: true)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new ResampleCursor(schema, input, columns, environment);
}
