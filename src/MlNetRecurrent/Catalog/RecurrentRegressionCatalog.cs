using MlNetRecurrent;
using MlNetRecurrent.Options;

namespace Microsoft.ML;

/// <summary>Recurrent trainers for regression on sequences. They extend <c>MLContext.Regression.Trainers</c>.</summary>
public static partial class RecurrentRegressionCatalog
{
    /// <summary>
    /// Creates a trainer for regression on sequences with one LSTM layer (long short-term memory; Hochreiter and Schmidhuber, 1997). See
    /// <see cref="LstmLayer"/>.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | content |
    /// |---|---|---|
    /// | label | `Single`, or `Vector<Single, K>` | the value, or K values, which the trainer scales, each slot separately |
    /// | features | vector of `Single`, or vector of keys | the sequence: F values per step, or one token per step |
    /// | `Score` | `Single`, or `Vector<Single, K>` | the predicted value or values, in the unit of the label |
    ///
    /// Rows with a missing label (NaN) are left out. If the label is a vector, a missing value masks only its slot, and `Score` has the
    /// slot names of the label. The loss is then the mean over all values that are not missing. `Regression.EvaluateVector` evaluates
    /// vectors; ML.NET's `Evaluate`, `CrossValidate` and `PermutationFeatureImportance` accept only scalars.
    ///
    /// The feature column is a `Vector<Single, T, F>`, `Vector<Single, *, F>`, `Vector<Single>` or vector of keys. `Vector<Single>`, as
    /// created from scalars by `Concatenate`, is read as steps with one value each.
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Machine learning task | regression, with the squared error as loss |
    /// | Is normalization required? | No: the trainer normalizes the features over all steps, including sequences of varying length |
    /// | Is caching required? | No: data of up to 256 MiB is read once and kept in memory; larger data is read again in each epoch |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx |
    /// ]]></format>
    /// </remarks>
    /// <example>
    /// <code>ITransformer model = ml.Regression.Trainers.Lstm("Price", hiddenSize: 32).Fit(data);</code>
    /// </example>
    /// <param name="catalog">The trainer catalog, <c>MLContext.Regression.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column: a <see cref="float"/>, or a vector of them of known size.
    /// Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The name of the sequence column. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The name of the example weight column, a <see cref="float"/>. Default: <see langword="null"/>;
    /// all examples have the same weight.</param>
    /// <param name="hiddenSize">The number of hidden units of the layer, per direction. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>; the trainer
    /// chooses it based on the size of the data.</param>
    /// <param name="learningRate">The maximum learning rate of Adam. Above 0. Default: <see langword="null"/>; the trainer chooses it based
    /// on the number and the size of the layers.</param>
    /// <param name="pooling">The pooling over the steps of a sequence. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether the layer reads each sequence in both directions. Default: <see langword="false"/>.</param>
    /// <param name="dropout">The dropout rate: the fraction of each layer's outputs that is set to 0 at random in training. At least 0 and
    /// below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences per batch. Between 1 and 1048576. Default: <see langword="null"/>; the trainer
    /// chooses it based on the size of the data.</param>
    /// <param name="validationFraction">The fraction of the rows that is held out for validation. At least 0 and below 1.
    /// Default: <see langword="null"/>; the trainer chooses it based on the size of the data.</param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    /// <returns>The trainer. Append it to a pipeline, or call <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static RecurrentTrainer Lstm(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenSize = 64,
        int? numberOfEpochs = null,
        float? learningRate = null,
        SequencePooling pooling = SequencePooling.Automatic,
        bool bidirectional = false,
        float dropout = 0,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new LstmLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout),
            labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));

    /// <summary>
    /// Creates a trainer for regression on sequences with one GRU layer (gated recurrent unit; Cho et al., 2014). See
    /// <see cref="GruLayer"/>.
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[not(self::summary or self::example)]"/>
    /// <example>
    /// <code>ITransformer model = ml.Regression.Trainers.Gru("Price", hiddenSize: 32, bidirectional: true).Fit(data);</code>
    /// </example>
    public static RecurrentTrainer Gru(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenSize = 64,
        int? numberOfEpochs = null,
        float? learningRate = null,
        SequencePooling pooling = SequencePooling.Automatic,
        bool bidirectional = false,
        float dropout = 0,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new GruLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout),
            labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));

    /// <summary>
    /// Creates a trainer for regression on sequences with one layer of a simple recurrent network (Elman, 1990). See
    /// <see cref="ElmanLayer"/>.
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[not(self::summary or self::example)]"/>
    /// <example>
    /// <code>ITransformer model = ml.Regression.Trainers.ElmanRnn("Price", hiddenSize: 32).Fit(data);</code>
    /// </example>
    public static RecurrentTrainer ElmanRnn(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenSize = 64,
        int? numberOfEpochs = null,
        float? learningRate = null,
        SequencePooling pooling = SequencePooling.Automatic,
        bool bidirectional = false,
        float dropout = 0,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new ElmanLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout),
            labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));

    /// <summary>
    /// Creates a trainer for regression on sequences with a pyramid of bidirectional LSTM layers, for long sequences. Each level halves the
    /// number of steps (Chan et al., "Listen, Attend and Spell", 2015, arXiv 1508.01211).
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[not(self::summary or self::param or self::example)]"/>
    /// <example>
    /// <code>ITransformer model = ml.Regression.Trainers.PyramidalRnn("Price", hiddenSize: 32, numberOfLevels: 2).Fit(data);</code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="labelColumnName"><inheritdoc cref="Lstm" path="/param[@name='labelColumnName']/node()"/></param>
    /// <param name="featureColumnName"><inheritdoc cref="Lstm" path="/param[@name='featureColumnName']/node()"/></param>
    /// <param name="exampleWeightColumnName"><inheritdoc cref="Lstm" path="/param[@name='exampleWeightColumnName']/node()"/></param>
    /// <param name="hiddenSize">The number of hidden units of each layer, per direction. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs"><inheritdoc cref="Lstm" path="/param[@name='numberOfEpochs']/node()"/></param>
    /// <param name="learningRate"><inheritdoc cref="Lstm" path="/param[@name='learningRate']/node()"/></param>
    /// <param name="numberOfLevels">The number of layers that halve the number of steps, after a first layer that keeps it. Between 0 and
    /// 30. Default: 2.</param>
    /// <param name="pooling"><inheritdoc cref="Lstm" path="/param[@name='pooling']/node()"/></param>
    /// <param name="bidirectional">Whether all layers read each sequence in both directions. Default: <see langword="true"/>.</param>
    /// <param name="dropout"><inheritdoc cref="Lstm" path="/param[@name='dropout']/node()"/></param>
    /// <param name="batchSize"><inheritdoc cref="Lstm" path="/param[@name='batchSize']/node()"/></param>
    /// <param name="validationFraction"><inheritdoc cref="Lstm" path="/param[@name='validationFraction']/node()"/></param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    public static RecurrentTrainer PyramidalRnn(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenSize = 64,
        int? numberOfEpochs = null,
        float? learningRate = null,
        int numberOfLevels = 2,
        SequencePooling pooling = SequencePooling.Automatic,
        bool bidirectional = true,
        float dropout = 0,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With(TrainerOptions.Pyramid(hiddenSize, numberOfLevels), bidirectional, dropout),
            labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));

    /// <summary>
    /// Creates a trainer for regression on sequences with one layer of differentiable stacks, which can learn to count and to memorize
    /// (Joulin and Mikolov, "Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets", 2015, arXiv 1503.01007). See
    /// <see cref="StackLayer"/>.
    /// </summary>
    /// <inheritdoc cref="Lstm" path="/*[not(self::summary or self::param or self::example)]"/>
    /// <example>
    /// <code>ITransformer model = ml.Regression.Trainers.StackRnn("Price", learningRate: 0.01f, numberOfStacks: 4).Fit(data);</code>
    /// </example>
    /// <param name="catalog"><inheritdoc cref="Lstm" path="/param[@name='catalog']/node()"/></param>
    /// <param name="labelColumnName"><inheritdoc cref="Lstm" path="/param[@name='labelColumnName']/node()"/></param>
    /// <param name="featureColumnName"><inheritdoc cref="Lstm" path="/param[@name='featureColumnName']/node()"/></param>
    /// <param name="exampleWeightColumnName"><inheritdoc cref="Lstm" path="/param[@name='exampleWeightColumnName']/node()"/></param>
    /// <param name="hiddenSize"><inheritdoc cref="Lstm" path="/param[@name='hiddenSize']/node()"/></param>
    /// <param name="numberOfEpochs"><inheritdoc cref="Lstm" path="/param[@name='numberOfEpochs']/node()"/></param>
    /// <param name="learningRate"><inheritdoc cref="Lstm" path="/param[@name='learningRate']/node()"/></param>
    /// <param name="numberOfStacks">The number of stacks. Between 1 and 65536. Default: 10.</param>
    /// <param name="stackSize">The maximum number of elements per stack. Between 1 and 1048576. Default: 64.</param>
    /// <param name="pooling"><inheritdoc cref="Lstm" path="/param[@name='pooling']/node()"/></param>
    /// <param name="bidirectional"><inheritdoc cref="Lstm" path="/param[@name='bidirectional']/node()"/></param>
    /// <param name="dropout"><inheritdoc cref="Lstm" path="/param[@name='dropout']/node()"/></param>
    /// <param name="batchSize"><inheritdoc cref="Lstm" path="/param[@name='batchSize']/node()"/></param>
    /// <param name="validationFraction"><inheritdoc cref="Lstm" path="/param[@name='validationFraction']/node()"/></param>
    /// <param name="progress">Receives the progress of the training, on its thread and in order, such as a
    /// <see cref="ConsoleProgress"/>. Default: <see langword="null"/>.</param>
    public static RecurrentTrainer StackRnn(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenSize = 64,
        int? numberOfEpochs = null,
        float? learningRate = null,
        int numberOfStacks = 10,
        int stackSize = 64,
        SequencePooling pooling = SequencePooling.Automatic,
        bool bidirectional = false,
        float dropout = 0,
        int? batchSize = null,
        double? validationFraction = null,
        IProgress<TrainingProgress>? progress = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With(TrainerOptions.Stack(hiddenSize, numberOfStacks, stackSize), bidirectional, dropout),
            labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize,
            validationFraction, progress));
}
