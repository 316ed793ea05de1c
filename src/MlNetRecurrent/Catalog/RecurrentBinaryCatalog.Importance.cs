using System.Collections.Immutable;
using MlNetRecurrent;
using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Importance;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Permutation feature importance.</content>
public static partial class RecurrentBinaryCatalog
{
    /// <summary>
    /// Measures the importance of each feature, or of each feature and lag, for a binary classification: the change of the metrics if rows
    /// exchange its values (permutation feature importance; Breiman, "Random forests", 2001).
    /// </summary>
    /// <inheritdoc cref="RecurrentRegressionCatalog.PermutationFeatureImportance"
    ///   path="/*[not(self::summary or self::returns or self::example)]"/>
    /// <example>
    /// <code>
    /// var importance = ml.BinaryClassification.PermutationFeatureImportance(model, data, SequencePermutation.FeatureAndLag);
    /// Console.WriteLine(importance["Features[0][t-2]"].AreaUnderRocCurve.Mean);
    /// </code>
    /// </example>
    /// <returns>The changes of the metrics, by the names of features: the metrics with the feature permuted, minus those without. A more
    /// important feature has a smaller accuracy and a smaller <c>AreaUnderRocCurve</c>.</returns>
    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportance(
        this BinaryClassificationCatalog catalog,
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
        var measure = new ImportanceMeasure<BinaryClassificationMetrics, BinaryClassificationMetricsStatistics>(
            RecurrentTask.Binary, scored => catalog.EvaluateNonCalibrated(scored, labelColumnName), MetricsStatistics.OfBinary,
            MetricsStatistics.AddChange);
        return measure.Run(CatalogEnvironment.Of(catalog), new(
            ModelSearch.FindModel(model), data, permutation, labelColumnName, numberOfExamplesToUse, permutationCount, seed, progress));
    }
}
