using MlNetRecurrent;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Options;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Trainers that predict a class for every step of a sequence.</content>
public static partial class RecurrentMulticlassCatalog
{
    /// <summary>
    /// Creates a sequence tagger, which predicts a class for every step of a sequence, such as the part of speech of each word.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | vector of keys | the classes, one per step |
    /// | features | vector of `Single`, or vector of keys | the sequence: F values per step, or one token per step |
    /// | `PredictedLabel` | vector of the label's keys | the most probable class of each step; with `UseCrf`, the most probable sequence |
    /// | `Score` | `Vector<Single, *, classes>` | the probability of each class at each step |
    /// | `Alternatives` | vector of the label's keys | with `NumberOfAlternatives`: the best sequences, one after the other |
    /// | `AlternativeProbabilities` | `Vector<Single, *>` | with `NumberOfAlternatives`: the probabilities of these sequences |
    ///
    /// The loss is the mean over all labeled steps. Steps with a missing label (key 0) are not learned from. A row without any label is
    /// left out. With `UseCrf`, a conditional random field predicts the labels of a sequence together, and `TagScheme` rules out sequences
    /// that violate BIO or BIOES. `MulticlassClassification.EvaluateSequences` evaluates the predictions, and `EvaluateEntities` the spans
    /// that they mark. All layers must have a `TimeReduction` of 1.
    ///
    /// The feature column is a `Vector<Single, T, F>`, `Vector<Single, *, F>`, `Vector<Single>` or vector of keys. `Vector<Single>`, as
    /// created from scalars by `Concatenate`, is read as steps with one value each.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | multiclass classification of each step |
    /// | Is normalization required? | No: the trainer normalizes the features over all steps, including sequences of varying length |
    /// | Is caching required? | No: data of up to 256 MiB is read once and kept in memory; larger data is read again in each epoch |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>
    /// var options = new RecurrentOptions { FeatureColumnName = "Words", LabelColumnName = "Tags", Layers = [new GruLayer(32)] };
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Words").Append(ml.Transforms.Conversion.MapValueToKey("Tags"))
    ///     .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
    /// ITransformer model = pipeline.Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="options">The columns, the network and the training.</param>
    /// <returns><inheritdoc cref="Lstm" path="/returns/node()"/></returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or there are no layers.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or a layer is null.</exception>
    public static RecurrentTrainer SequenceTagger(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RecurrentOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        RecurrentTask task = options.UseCrf
            ? RecurrentTask.Tagger.For(new CrfDefinition
            {
                Scheme = (TaggingScheme)options.TagScheme,
                Alternatives = options.NumberOfAlternatives,
            })
            : RecurrentTask.Tagger;
        return new RecurrentTrainer(CatalogEnvironment.Of(catalog), task, options);
    }

    /// <summary>
    /// Creates a sequence tagger with one bidirectional LSTM layer. It predicts a class for every step of a sequence, such as the part of
    /// speech of each word. See <see cref="LstmLayer"/>.
    /// </summary>
    /// <inheritdoc
    ///   cref="SequenceTagger(MulticlassClassificationCatalog.MulticlassClassificationTrainers, RecurrentOptions)" path="/remarks"/>
    /// <inheritdoc cref="Lstm" path="/*[self::returns or self::exception]"/>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Words").Append(ml.Transforms.Conversion.MapValueToKey("Tags"))
    ///     .Append(ml.MulticlassClassification.Trainers.SequenceTagger("Tags", "Words"))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="labelColumnName">The name of the label column, a vector of keys with one key per step. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName"><inheritdoc cref="Lstm" path="/param[@name='featureColumnName']/node()"/></param>
    /// <param name="exampleWeightColumnName">The name of the example weight column, a <see cref="float"/>, or a vector of them with one
    /// weight per step. Default: <see langword="null"/>; all examples have the same weight.</param>
    /// <param name="hiddenSize">The number of hidden units per direction. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs"><inheritdoc cref="Lstm" path="/param[@name='numberOfEpochs']/node()"/></param>
    /// <param name="learningRate"><inheritdoc cref="Lstm" path="/param[@name='learningRate']/node()"/></param>
    /// <param name="useCrf">Whether the labels of a sequence are predicted together, by a conditional random field (see
    /// <see cref="RecurrentOptions.UseCrf"/>). Default: <see langword="false"/>.</param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    public static RecurrentTrainer SequenceTagger(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int hiddenSize = 64, int? numberOfEpochs = null, float? learningRate = null, bool useCrf = false,
        IProgress<TrainingProgress>? progress = null)
    {
        RecurrentLayer[] layers = [new LstmLayer(TrainerOptions.CheckSize(hiddenSize)) { Bidirectional = true }];
        RecurrentOptions options = TrainerOptions.For(
            layers, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate,
            SequencePooling.Automatic, batchSize: null, validationFraction: null, progress);
        options.UseCrf = useCrf;
        return catalog.SequenceTagger(options);
    }
}
