using MlNetRecurrent;
using MlNetRecurrent.Options;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Trainers that predict a value for every step of a sequence.</content>
public static partial class RecurrentRegressionCatalog
{
    /// <summary>
    /// Creates a sequence tagger that predicts a value for every step of a sequence, such as the load of a machine at each moment.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | vector of `Single` | the values, one per step; the trainer scales them |
    /// | features | vector of `Single`, or vector of keys | the sequence: F values per step, or one token per step |
    /// | `Score` | vector of `Single` | the predicted value at each step, in the unit of the label |
    ///
    /// The loss is the mean over all labeled steps. Steps with a missing label (NaN) are not learned from. A row without any label is left
    /// out. All layers must have a `TimeReduction` of 1. `Regression.EvaluateVector` evaluates the predictions over all steps.
    ///
    /// The feature column is a `Vector<Single, T, F>`, `Vector<Single, *, F>`, `Vector<Single>` or vector of keys. `Vector<Single>`, as
    /// created from scalars by `Concatenate`, is read as steps with one value each.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | regression of each step, with the squared error as loss |
    /// | Is normalization required? | No: the trainer normalizes the features over all steps, including sequences of varying length |
    /// | Is caching required? | No: data of up to 256 MiB is read once and kept in memory; larger data is read again in each epoch |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>
    /// var options = new RecurrentOptions { LabelColumnName = "Speeds", Layers = [new GruLayer(32)] };
    /// RecurrentTransformer model = ml.Regression.Trainers.SequenceTagger(options).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="options">The columns, the network and the training.</param>
    /// <returns><inheritdoc cref="Lstm" path="/returns/node()"/></returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or there are no layers.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or a layer is null.</exception>
    public static RecurrentTrainer SequenceTagger(
        this RegressionCatalog.RegressionTrainers catalog, RecurrentOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RecurrentTrainer(CatalogEnvironment.Of(catalog), RecurrentTask.RegressionTagger, options);
    }

    /// <summary>
    /// Creates a sequence tagger with one bidirectional LSTM layer. It predicts a value for every step of a sequence. See
    /// <see cref="LstmLayer"/>.
    /// </summary>
    /// <inheritdoc cref="SequenceTagger(RegressionCatalog.RegressionTrainers, RecurrentOptions)" path="/remarks"/>
    /// <inheritdoc cref="Lstm" path="/*[self::returns or self::exception]"/>
    /// <example>
    /// <code>
    /// RecurrentTransformer model = ml.Regression.Trainers.SequenceTagger("Speeds", hiddenSize: 32).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="labelColumnName">The name of the label column, a vector of <see cref="float"/>, one per step.
    /// Default: <c>Label</c>.</param>
    /// <param name="featureColumnName"><inheritdoc cref="Lstm" path="/param[@name='featureColumnName']/node()"/></param>
    /// <param name="exampleWeightColumnName">The name of the example weight column, a <see cref="float"/>, or a vector of them with one
    /// weight per step. Default: <see langword="null"/>; all examples have the same weight.</param>
    /// <param name="hiddenSize">The number of hidden units per direction. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs"><inheritdoc cref="Lstm" path="/param[@name='numberOfEpochs']/node()"/></param>
    /// <param name="learningRate"><inheritdoc cref="Lstm" path="/param[@name='learningRate']/node()"/></param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    public static RecurrentTrainer SequenceTagger(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int hiddenSize = 64, int? numberOfEpochs = null, float? learningRate = null,
        IProgress<TrainingProgress>? progress = null)
    {
        RecurrentLayer[] layers = [new LstmLayer(TrainerOptions.CheckSize(hiddenSize)) { Bidirectional = true }];
        return catalog.SequenceTagger(TrainerOptions.For(
            layers, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate,
            SequencePooling.Automatic, batchSize: null, validationFraction: null, progress));
    }
}
