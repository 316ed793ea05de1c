using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Evaluation;

namespace Microsoft.ML;

/// <summary>
/// Evaluation of regressions that predict several values per row. The method extends <c>MLContext.Regression</c>.
/// </summary>
public static class VectorRegressionCatalog
{
    /// <summary>Evaluates a regression with several values per row: compares each predicted value with its true value.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | `Vector<Single, K>` | the true values; NaN where one is missing |
    /// | score | `Vector<Single, K>` | the predicted values |
    /// | or: label | `Vector<Single>` | the true value of each step; NaN where it is missing |
    /// | score | `Vector<Single>` | the predicted value of each step |
    ///
    /// A missing label is left out; the others of its row count. If both columns have slot names, the names must be the same.
    ///
    /// Vectors of variable length, such as those of `SequenceTagger`, are evaluated step by step: all steps of all rows are one slot. Each
    /// row must have as many labels as scores.
    /// ]]></format>
    /// The data is read once, row by row.
    /// </remarks>
    /// <example>
    /// <code>
    /// VectorRegressionMetrics metrics = ml.Regression.EvaluateVector(model.Transform(data), "Temperatures");
    /// Console.WriteLine(metrics.MeanAbsoluteError);
    /// </code>
    /// </example>
    /// <param name="catalog">The regression catalog, <c>MLContext.Regression</c>.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="labelColumnName">The name of the column with the true values. Default: <c>Label</c>.</param>
    /// <param name="scoreColumnName">The name of the column with the predicted values. Default: <c>Score</c>.</param>
    /// <returns>The metrics of each slot and their means.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns differ in size or slot names, a label is infinite, or no row has a
    /// label.</exception>
    public static VectorRegressionMetrics EvaluateVector(
        this RegressionCatalog catalog, IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        EvaluationCheck.ThrowIfMissing(
            catalog, data, (labelColumnName, nameof(labelColumnName)), (scoreColumnName, nameof(scoreColumnName)));
        return VectorEvaluator.EvaluateValues(data, labelColumnName, scoreColumnName);
    }
}
