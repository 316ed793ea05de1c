using MlNetRecurrent;
using MlNetRecurrent.Options;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <content>Trainers for regression on sequences with given layers or options.</content>
public static partial class RecurrentRegressionCatalog
{
    /// <summary>
    /// Creates a trainer for regression on sequences with several recurrent layers of any type. Each layer reads the outputs of the
    /// previous one.
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[self::remarks or self::returns]"/>
    /// <example>
    /// <code>
    /// RecurrentLayer[] layers = [new GruLayer(64) { Bidirectional = true }, new LstmLayer(64)];
    /// ITransformer model = ml.Regression.Trainers.DeepRnn(layers).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="layers">The layers, from the input to the output. Between 1 and 999.</param>
    /// <param name="labelColumnName"><inheritdoc cref="Lstm" path="/param[@name='labelColumnName']/node()"/></param>
    /// <param name="featureColumnName"><inheritdoc cref="Lstm" path="/param[@name='featureColumnName']/node()"/></param>
    /// <param name="exampleWeightColumnName"><inheritdoc cref="Lstm" path="/param[@name='exampleWeightColumnName']/node()"/></param>
    /// <param name="numberOfEpochs"><inheritdoc cref="Lstm" path="/param[@name='numberOfEpochs']/node()"/></param>
    /// <param name="learningRate"><inheritdoc cref="Lstm" path="/param[@name='learningRate']/node()"/></param>
    /// <param name="pooling"><inheritdoc cref="Lstm" path="/param[@name='pooling']/node()"/></param>
    /// <param name="batchSize"><inheritdoc cref="Lstm" path="/param[@name='batchSize']/node()"/></param>
    /// <param name="validationFraction"><inheritdoc cref="Lstm" path="/param[@name='validationFraction']/node()"/></param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or there are no layers.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or a layer is null.</exception>
    public static RecurrentTrainer DeepRnn(
        this RegressionCatalog.RegressionTrainers catalog,
        RecurrentLayer[] layers,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfEpochs = null,
        float? learningRate = null,
        SequencePooling pooling = SequencePooling.Automatic,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            layers, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));

    /// <summary>
    /// Creates a trainer for regression on sequences with any recurrent network that <see cref="RecurrentOptions"/> can describe.
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[self::remarks or self::returns]"/>
    /// <example>
    /// <code>
    /// var options = new RecurrentOptions { Layers = [new GruLayer(32)], ValidationFraction = 0.2 };
    /// RecurrentTransformer model = ml.Regression.Trainers.Recurrent(options).Fit(data);
    /// </code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="options">The columns, the network and the training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or there are no layers.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or a layer is null.</exception>
    public static RecurrentTrainer Recurrent(this RegressionCatalog.RegressionTrainers catalog, RecurrentOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RecurrentTrainer(CatalogEnvironment.Of(catalog), RecurrentTask.Regression, options);
    }
}
