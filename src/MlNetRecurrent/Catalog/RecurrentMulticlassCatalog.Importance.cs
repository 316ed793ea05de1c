using System.Collections.Immutable;
using MlNetRecurrent;
using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Importance;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Permutation feature importance.</content>
public static partial class RecurrentMulticlassCatalog
{
    /// <summary>
    /// Measures the importance of each feature, or of each feature and lag, for a multiclass classification: the change of the metrics if
    /// rows exchange its values (permutation feature importance; Breiman, "Random forests", 2001).
    /// </summary>
    /// <inheritdoc cref="RecurrentRegressionCatalog.PermutationFeatureImportance"
    ///   path="/*[not(self::summary or self::returns or self::example)]"/>
    /// <example>
    /// <code>
    /// var importance = ml.MulticlassClassification.PermutationFeatureImportance(model, data, SequencePermutation.Feature, seed: 1);
    /// Console.WriteLine(importance["Features[0]"].MicroAccuracy.Mean);
    /// </code>
    /// </example>
    /// <returns>The changes of the metrics, by the names of features: the metrics with the feature permuted, minus those without. A more
    /// important feature has a smaller accuracy and a larger <c>LogLoss</c>.</returns>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
        this MulticlassClassificationCatalog catalog,
        ITransformer model,
        IDataView data,
        SequencePermutation permutation,
        string labelColumnName = "Label",
        int? numberOfExamplesToUse = null,
        int permutationCount = 1,
        int? seed = null,
        IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        var measure = new ImportanceMeasure<MulticlassClassificationMetrics, MulticlassClassificationMetricsStatistics>(
            RecurrentTask.Multiclass, scored => catalog.Evaluate(scored, labelColumnName), MetricsStatistics.OfMulticlass,
            MetricsStatistics.AddChange);
        return measure.Run(CatalogEnvironment.Of(catalog), new(
            ModelSearch.FindModel(model), data, permutation, labelColumnName, numberOfExamplesToUse, permutationCount, seed, progress));
    }
}
