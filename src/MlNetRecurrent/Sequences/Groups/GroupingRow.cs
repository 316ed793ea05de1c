using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>A row of a <c>PredictionEngine</c> that is added to its group, which comes out as it is so far.</summary>
internal sealed class GroupingRow(GroupingSchema schema, DataViewRow input, DataViewSchema.Column[] columns, List<IRowMemory>? memories)
    : RememberedRow<GroupRowsReader, GroupRows>(schema, input, columns, new(schema, input, columns, grows: true), memories)
{
    protected override Delegate MakeGetter(DataViewSchema.Column column) => Rows.MakeGetter(column, Take);
}
