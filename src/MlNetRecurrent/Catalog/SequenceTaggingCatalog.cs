using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Evaluation;

namespace Microsoft.ML;

/// <summary>
/// Evaluation of sequence taggers, which predict one label per step. The methods extend <c>MLContext.MulticlassClassification</c>.
/// </summary>
public static class SequenceTaggingCatalog
{
    /// <summary>Evaluates a sequence tagger: compares the predicted label of each step with its true label.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | vector of keys, of fixed or variable length | the true label of each step |
    /// | predicted label | vector of as many keys with the same values | the predicted label of each step |
    /// | score | `Vector<Single, *, C>` or `Vector<Single, T, C>` | the probabilities of the C classes at each step, key 1 first |
    ///
    /// Steps whose true label is missing (key 0) are left out. A missing predicted label counts as wrong.
    /// ]]></format>
    /// The data is read once, row by row. The memory use depends on the number of labels and the longest sequence, not on the number of
    /// rows.
    /// </remarks>
    /// <example>
    /// <code>
    /// SequenceTaggingMetrics metrics = ml.MulticlassClassification.EvaluateSequences(model.Transform(data));
    /// Console.WriteLine(metrics.GetFormattedTable());
    /// </code>
    /// </example>
    /// <param name="catalog">The multiclass catalog, <c>MLContext.MulticlassClassification</c>.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="labelColumnName">The name of the column with the true labels. Default: <c>Label</c>.</param>
    /// <param name="scoreColumnName">The name of the column with the probabilities. Default: <c>Score</c>.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted labels. Default: <c>PredictedLabel</c>.</param>
    /// <returns>The metrics over all rows.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns do not match: the keys differ in number or meaning, the vectors differ in
    /// length, a key has no class, or a score is not a probability. The message names the column, row and step. Or no step has a
    /// label.</exception>
    public static SequenceTaggingMetrics EvaluateSequences(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
    {
        EvaluationCheck.ThrowIfMissing(
            catalog, data, (labelColumnName, nameof(labelColumnName)),
            (scoreColumnName, nameof(scoreColumnName)), (predictedLabelColumnName, nameof(predictedLabelColumnName)));
        return TaggingEvaluator.Evaluate(data, TaggingColumns.Find(data, labelColumnName, scoreColumnName, predictedLabelColumnName));
    }

    /// <summary>
    /// Evaluates the entities that a sequence tagger finds, such as the names in a text: compares the spans that the predicted labels mark
    /// with those of the true labels.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The values of the keys are the names of the labels in BIO or BIOES: <c>O</c>, or B, I, E or S, a hyphen, and the type of the entity,
    /// such as <c>B-PER</c>. See <see cref="TagScheme"/>. An entity is correct if its first step, its last step and its type are right.
    /// </para>
    /// <para>
    /// Entities are counted as the script conlleval of the CoNLL shared tasks (Tjong Kim Sang and De Meulder, 2003) counts them. B and S
    /// always begin an entity. I or E begins one if the label before it is O, E, S or of another type.
    /// </para>
    /// <para>
    /// Steps whose true label is missing (key 0) belong to no entity, whatever was predicted. A missing predicted label counts as O. The
    /// data is read once, row by row.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var metrics = ml.MulticlassClassification.EvaluateEntities(model.Transform(data), "Tags");
    /// Console.WriteLine(metrics.F1);
    /// </code>
    /// </example>
    /// <param name="catalog">The multiclass catalog, <c>MLContext.MulticlassClassification</c>.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="labelColumnName">The name of the column with the true labels. Default: <c>Label</c>.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted labels. Default: <c>PredictedLabel</c>.</param>
    /// <returns>The metrics over all rows.</returns>
    /// <exception cref="ArgumentException">A column name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">A label is not of BIO or BIOES, the columns do not match (the message names the column,
    /// row and step), or there are no rows.</exception>
    public static EntityMetrics EvaluateEntities(
        this MulticlassClassificationCatalog catalog,
        IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        EvaluationCheck.ThrowIfMissing(
            catalog, data, (labelColumnName, nameof(labelColumnName)), (predictedLabelColumnName, nameof(predictedLabelColumnName)));
        return EntityEvaluator.Evaluate(data, TaggingColumns.FindLabels(data, labelColumnName, predictedLabelColumnName));
    }
}
