namespace MlNetRecurrent.Importance;

/// <summary>One feature of a column that a model reads: a number or a token of each step, or of the row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Stride">The items of a step in the column.</param>
/// <param name="Offset">The place of the feature among the items of a step.</param>
/// <param name="Width">The items of the feature: 1, or the characters of a step.</param>
/// <param name="IsStatic">Whether a row has one value of it.</param>
internal sealed record StepFeature(DataViewSchema.Column Column, int Stride, int Offset, int Width, bool IsStatic)
{
    /// <summary>Lists the features of the columns, the sequences first.</summary>
    public static StepFeature[] List(InputColumns inputs, DataViewSchema schema) =>
    [
        .. from input in inputs.All
           let column = schema[input.Name]
           let width = Math.Max(1, input.Characters)
           let stride = input.HoldsTokens ? width : input.Features
           from feature in Enumerable.Range(0, stride / width)
           select new StepFeature(column, stride, feature, width, input.IsStatic),
    ];
}
