namespace MlNetRecurrent.Sequences.Groups;

/// <summary>A row for each group, in the order of their first rows.</summary>
internal sealed class GroupingView(GroupingSchema schema, IDataView input, IChannelProvider environment)
    : DerivedView(schema, input, GroupingTransformer.Component, isOnePass: true)
{
    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new GroupingCursor(schema, input, columns, environment);
}
