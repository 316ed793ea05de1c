using MlNetRecurrent;
using MlNetRecurrent.Evaluation;

namespace Microsoft.ML;

/// <summary>The evaluation of sequence tagging (one label a step), where ML.NET's own evaluators are found.</summary>
public static class SequenceTaggingCatalog
{
    /// <summary>
    /// Holds the labels that were predicted for the steps of sequences against the true ones.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input columns
    /// | column | type | what it is |
    /// |---|---|---|
    /// | label | a vector of keys, of fixed or variable length | the true label of each step; a missing one (key 0) leaves the step out |
    /// | predicted label | a vector of as many keys of the same values | the predicted label of each step; a missing one (key 0) is a wrong one |
    /// | score | `Vector<Single, *, C>` or `Vector<Single, T, C>` | the probabilities of C classes, one step after the other; the class of key 1 is the first |
    /// ]]></format>
    /// The data is read once, row by row; the memory needed depends on the number of labels and the longest sequence, not on the number of rows.
    /// </remarks>
    /// <param name="catalog">The multiclass catalog of the context.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="labelColumnName">The column of the true labels. Default: <c>Label</c>.</param>
    /// <param name="scoreColumnName">The column of the probabilities. Default: <c>Score</c>.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted labels. Default: <c>PredictedLabel</c>.</param>
    /// <returns>The metrics, over all rows.</returns>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The columns do not go together, which the message explains by column, row and step: keys that differ in number or meaning, vectors that differ in length,
    /// keys without a class, scores that are no probabilities. Or no step has a label.
    /// </exception>
    public static SequenceTaggingMetrics EvaluateSequences(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        ArgumentException.ThrowIfNullOrEmpty(predictedLabelColumnName);
        return TaggingEvaluator.Evaluate(data, TaggingColumns.Find(data, labelColumnName, scoreColumnName, predictedLabelColumnName));
    }
}
