using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Evaluation;

namespace Microsoft.ML;

/// <summary>
/// Evaluation of classifications with several labels per row, each yes or no. The method extends <c>MLContext.BinaryClassification</c>.
/// </summary>
public static class MultiLabelCatalog
{
    /// <summary>Evaluates a multi-label classification: compares each predicted label with the true label.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | `Vector<Boolean, K>` or `Vector<Single, K>` | the true labels; of type `Single` 0 or 1, or NaN where one is missing |
    /// | predicted label | `Vector<Boolean, K>` | the predicted labels |
    /// | or: label | `Vector<Boolean>` or `Vector<Single>` | the true label of each step |
    /// | predicted label | `Vector<Boolean>` | the predicted label of each step |
    ///
    /// A missing label is left out; the others of its row count. If both columns have slot names, the names must be the same.
    ///
    /// Vectors of variable length, such as those of `SequenceTagger`, are evaluated step by step: all steps of all rows are one label, and
    /// the subset accuracy is the fraction of rows in which all steps were predicted correctly. Each row must have as many labels as
    /// predictions.
    /// ]]></format>
    /// The data is read once, row by row.
    /// </remarks>
    /// <example>
    /// <code>
    /// var metrics = ml.BinaryClassification.EvaluateMultiLabel(model.Transform(data), "Topics");
    /// Console.WriteLine(metrics.MicroF1);
    /// </code>
    /// </example>
    /// <param name="catalog">The catalog, <c>MLContext.BinaryClassification</c>.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="labelColumnName">The name of the column with the true labels. Default: <c>Label</c>.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted labels. Default: <c>PredictedLabel</c>.</param>
    /// <returns>The metrics over all labels and of each label.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns differ in size or slot names, a label is neither 0 nor 1, or no row
    /// has a label.</exception>
    public static MultiLabelClassificationMetrics EvaluateMultiLabel(
        this BinaryClassificationCatalog catalog,
        IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        EvaluationCheck.ThrowIfMissing(
            catalog, data, (labelColumnName, nameof(labelColumnName)), (predictedLabelColumnName, nameof(predictedLabelColumnName)));
        return VectorEvaluator.EvaluateLabels(data, labelColumnName, predictedLabelColumnName);
    }
}
