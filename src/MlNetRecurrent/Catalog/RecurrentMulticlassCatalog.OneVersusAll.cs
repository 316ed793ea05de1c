using MlNetRecurrent;
using MlNetRecurrent.Ensembles;

namespace Microsoft.ML;

/// <content>One network for each class.</content>
public static partial class RecurrentMulticlassCatalog
{
    /// <summary>
    /// Creates a trainer for multiclass classification of sequences that trains one binary network for each class, to tell the class from
    /// all others.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | key | the class |
    /// | features | vector of `Single`, or vector of keys | the sequence: F values per step, or one token per step |
    /// | `PredictedLabel` | key | the class with the largest probability, with the values of the label |
    /// | `Score` | `Vector<Single, classes>` | the probability of each class, in the order of the keys |
    ///
    /// `Score` has the probabilities of the networks, each divided by their sum, as ML.NET's `OneVersusAll` has them with
    /// `useProbabilities`. Rows with a missing label (key 0) are left out. Each class needs a row.
    ///
    /// The networks are trained one after the other, with the same options and the same seed. The training takes as long as the trainings
    /// of as many binary networks. Use it if the classes differ in what tells them apart, or to compare with ML.NET's `OneVersusAll`;
    /// usually, a trainer of `MulticlassClassification.Trainers`, whose network learns all classes at once, is as accurate and faster.
    ///
    /// A cancellation ends the training without a model. `TrainingProgress.ClassName` and the log name the class that is trained.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | multiclass classification |
    /// | Is normalization required? | No: the trainer normalizes the features over all steps, including sequences of varying length |
    /// | Is caching required? | No, but the data is read once per class, and once more: cache it if the transforms before it are slow |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>
    /// var trainer = ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.Lstm(hiddenSize: 32));
    /// ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label").Append(trainer).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog">The trainer catalog, <c>MLContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="binaryEstimator">The trainer of each network, created by a method of <c>MLContext.BinaryClassification.Trainers</c>
    /// other than <c>SequenceTagger</c>. It cannot have additional outputs, columns for quantities inside the network, a checkpoint, or
    /// <see cref="TrainingOptions.KeepModelWhenCancelled"/>.</param>
    /// <param name="labelColumnName">The name of the label column, a key. It replaces that of the binary trainer. Default:
    /// <c>Label</c>.</param>
    /// <returns>The trainer. Append it to a pipeline, or call <c>Fit</c>.</returns>
    /// <exception cref="ArgumentNullException">The binary trainer is null.</exception>
    /// <exception cref="ArgumentException">The trainer is not for binary labels of sequences, has an option that is not supported, or
    /// names another label column, or a column name is null, empty or white space.</exception>
    public static IEstimator<ITransformer> OneVersusAll(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        RecurrentTrainer binaryEstimator,
        string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        return new OneVersusAllTrainer(CatalogEnvironment.Of(catalog), binaryEstimator, labelColumnName);
    }
}
