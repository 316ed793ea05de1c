using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>A row of a <c>PredictionEngine</c>, which is filled with the last known values of its group.</summary>
internal sealed class FillRow(FillSchema schema, DataViewRow input, DataViewSchema.Column[] columns, List<IRowMemory>? memories)
    : RememberedRow<FillReader, FillGroup>(
        schema, input, columns, new(schema, input, schema.MakesAny(columns), remembers: true), memories)
{
    private readonly PassedOnColumns _passedOn = new(input, columns.Select(schema.SourceOf).OfType<DataViewSchema.Column>());

    protected override void BeforeTaking() => _passedOn.Read();

    protected override Delegate MakeGetter(DataViewSchema.Column column) => schema.MakeGetter(column, () =>
    {
        Take();
        return Rows.Current;
    });
}
