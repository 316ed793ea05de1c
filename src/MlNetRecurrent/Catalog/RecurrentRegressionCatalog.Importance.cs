using System.Collections.Immutable;
using MlNetRecurrent;
using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Importance;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Permutation feature importance.</content>
public static partial class RecurrentRegressionCatalog
{
    /// <summary>
    /// Measures the importance of each feature, or of each feature and lag, for a regression: the change of the metrics if rows exchange
    /// its values (permutation feature importance; Breiman, "Random forests", 2001).
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// The features are the numbers, or the token, of a step of each feature column, and the values of static columns. The values of one
    /// feature at a time are exchanged between rows; those of all other features, the lengths of the rows and the labels stay.
    ///
    /// | `permutation` | what rows exchange | results |
    /// |---|---|---|
    /// | `Feature` | all steps of a feature, in their order and aligned at the end, with a row that is at least as long | one per feature |
    /// | `FeatureAndLag` | one step, counted from the end, with a row that has this step | one per feature and lag |
    ///
    /// In data whose rows all have the same length, both are permutations. ML.NET's method permutes one slot of a vector of known size, as
    /// `FeatureAndLag` does, and gives no results for vectors of variable size.
    ///
    /// A result has the slot name of the column, such as `Wind[t-3]` of a window, or `Wind` for all its lags. Without slot names, it has
    /// the name of the column and the number of the feature, such as `Features[1]`, followed by the lag, such as `Features[1][t-2]`. The
    /// lag of the last step is `[t]`. Columns of keys, and static columns of one value, have no number: `Events`, `Events[t-2]`.
    ///
    /// Each permutation scores all rows once, in batches. The values that the model reads and the labels are kept in memory, whatever the
    /// number of permutations. The lags of long sequences are many; `numberOfExamplesToUse` limits the time.
    ///
    /// Features that tell the same are exchanged one by one: each can seem unimportant, since the model reads the others.
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>
    /// var importance = ml.Regression.PermutationFeatureImportance(model, data, SequencePermutation.Feature, permutationCount: 5);
    /// foreach (var (name, change) in importance.OrderBy(feature => feature.Value.RSquared.Mean))
    ///     Console.WriteLine($"{name}: {change.RSquared.Mean:F3}");
    /// </code>
    /// </example>
    /// <param name="catalog">The catalog of the task, such as <c>MLContext.Regression</c>.</param>
    /// <param name="model">The model: a network, or a pipeline with one network, or with one <c>OneVersusAll</c>. Its other transforms are
    /// not applied.</param>
    /// <param name="data">The data, with the label and the columns that the network reads. For a pipeline, it is the data that
    /// the pipeline has transformed: <c>model.Transform(data)</c>.</param>
    /// <param name="permutation">The values that are exchanged at a time.</param>
    /// <param name="labelColumnName">The name of the label column, a scalar. Default: <c>Label</c>.</param>
    /// <param name="numberOfExamplesToUse">The number of rows to use, from the first one on. At least 1. Default: <see langword="null"/>;
    /// all rows.</param>
    /// <param name="permutationCount">The number of permutations of each feature. At least 1. With several, the statistics have a standard
    /// deviation. Default: 1.</param>
    /// <param name="seed">The random seed. The same seed gives the same results. Default: <see langword="null"/>, which draws it from the
    /// random numbers of the <see cref="MLContext"/>.</param>
    /// <param name="progress">Receives the completed fraction, above 0 and at most 1, after each permutation.
    /// Default: <see langword="null"/>.</param>
    /// <returns>The changes of the metrics, by the names of features: the metrics with the feature permuted, minus those without. A more
    /// important feature has a smaller <c>RSquared</c> and larger errors.</returns>
    /// <exception cref="ArgumentException">The model is for another task, or its labels are vectors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">The model has no recurrent network, or several, a column has another content than in
    /// the training, or the data has no rows.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
        this RegressionCatalog catalog,
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
        var measure = new ImportanceMeasure<Data.RegressionMetrics, RegressionMetricsStatistics>(
            RecurrentTask.Regression, scored => catalog.Evaluate(scored, labelColumnName), MetricsStatistics.OfRegression,
            MetricsStatistics.AddChange);
        return measure.Run(CatalogEnvironment.Of(catalog), new(
            ModelSearch.FindModel(model), data, permutation, labelColumnName, numberOfExamplesToUse, permutationCount, seed, progress));
    }
}
