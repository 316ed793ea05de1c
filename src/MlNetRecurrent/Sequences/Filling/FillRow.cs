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

    /// <exception cref="InvalidOperationException">The column is interpolated. It is refused only where it is read: a model that does not
    /// need it, such as a label, can be used row by row.</exception>
    protected override Delegate MakeGetter(DataViewSchema.Column column)
    {
        if (schema.Settings.Fill != MissingValueFill.Forward)
        {
            throw new InvalidOperationException(
                $"{FillTransformer.Component} interpolates column '{schema.Settings.InputColumnName}', for which it needs the rows after " +
                "a missing value. Row by row, as a PredictionEngine does it, they are not known. " +
                $"Score a view instead, or use {nameof(MissingValueFill)}.{nameof(MissingValueFill.Forward)}.");
        }
        return schema.MakeGetter(column, () =>
        {
            Take();
            return Rows.Current;
        });
    }
}
