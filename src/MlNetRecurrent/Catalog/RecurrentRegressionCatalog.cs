using MlNetRecurrent;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Options;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <summary>The recurrent trainers that predict a value, where ML.NET's own are found.</summary>
public static class RecurrentRegressionCatalog
{
    /// <summary>
    /// Predicts a value from a sequence with one layer of long short-term memory (LSTM): Hochreiter and Schmidhuber, 1997; see <see cref="LstmLayer"/>.
    /// </summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Input and output columns
    /// | column | type | what it is |
    /// |---|---|---|
    /// | label | Single | the value; a missing one (NaN) leaves the row out. The trainer scales it |
    /// | features | `Vector<Single, T, F>`, `Vector<Single, *, F>`, `Vector<Single>` or a vector of keys | F numbers a step, or one token a step; a plain `Vector<Single>`, such as Concatenate makes of scalars, is steps of one number each |
    /// | `Score` | Single | the predicted value, in the unit of the label |
    ///
    /// ### Trainer characteristics
    /// | | |
    /// |---|---|
    /// | Task | regression, of the squared error |
    /// | Is normalization required? | No: the trainer does it, over all steps, also where lengths vary |
    /// | Is caching required? | No: the trainer reads data of up to 256 MiB once and keeps it; larger data it reads anew in each epoch |
    /// | Required NuGet in addition to Microsoft.ML | MlNetRecurrent |
    /// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="hiddenSize">The number of hidden units. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether a second layer reads each sequence from its end. Default: <see langword="false"/>.</param>
    /// <param name="dropout">The part of the outputs of each layer that is left out in training, at random. At least 0 and below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new LstmLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>Predicts a value from a sequence with one layer of gated recurrent units (GRU): Cho et al., 2014; see <see cref="GruLayer"/>.</summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="hiddenSize">The number of hidden units. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether a second layer reads each sequence from its end. Default: <see langword="false"/>.</param>
    /// <param name="dropout">The part of the outputs of each layer that is left out in training, at random. At least 0 and below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new GruLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>Predicts a value from a sequence with one layer of the simple recurrent network: Elman, 1990; see <see cref="ElmanLayer"/>.</summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="hiddenSize">The number of hidden units. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether a second layer reads each sequence from its end. Default: <see langword="false"/>.</param>
    /// <param name="dropout">The part of the outputs of each layer that is left out in training, at random. At least 0 and below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With([new ElmanLayer(TrainerOptions.CheckSize(hiddenSize))], bidirectional, dropout), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>
    /// Predicts a value from a long sequence with a pyramid of bidirectional LSTM layers, each of which reads two steps of the one below as one: Chan et al., "Listen, Attend and Spell", 2015, arXiv 1508.01211.
    /// </summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="hiddenSize">The number of hidden units of each direction of each layer. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="numberOfLevels">The number of layers that join two steps, on one layer that joins none. Between 0 and 30. Default: 2.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether a second layer reads each sequence from its end. Default: <see langword="true"/>.</param>
    /// <param name="dropout">The part of the outputs of each layer that is left out in training, at random. At least 0 and below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With(TrainerOptions.Pyramid(hiddenSize, numberOfLevels), bidirectional, dropout), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>
    /// Predicts a value from a sequence with a layer that works on stacks, which can count and remember: Joulin and Mikolov, "Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets", 2015, arXiv 1503.01007.
    /// </summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="hiddenSize">The number of hidden units. Between 1 and 65536. Default: 64.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="numberOfStacks">The number of stacks. Between 1 and 65536. Default: 10.</param>
    /// <param name="stackSize">The number of elements that a stack can hold. Between 1 and 1048576. Default: 64.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="bidirectional">Whether a second layer reads each sequence from its end. Default: <see langword="false"/>.</param>
    /// <param name="dropout">The part of the outputs of each layer that is left out in training, at random. At least 0 and below 1. Default: 0.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            TrainerOptions.With(TrainerOptions.Stack(hiddenSize, numberOfStacks, stackSize), bidirectional, dropout), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>Predicts a value from a sequence with several recurrent layers, of any kinds, each of which reads the outputs of the one before.</summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="layers">The layers, the one that reads the input first. At least one.</param>
    /// <param name="labelColumnName">The column of the labels, a <see cref="float"/>. Default: <c>Label</c>.</param>
    /// <param name="featureColumnName">The column of the sequences. Default: <c>Features</c>.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, a <see cref="float"/>, or <see langword="null"/> where all weigh the same. Default: <see langword="null"/>.</param>
    /// <param name="numberOfEpochs">The number of passes over the training data. At least 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="learningRate">The largest learning rate of Adam. Above 0. Default: <see langword="null"/>, the trainer chooses by the number and the size of the layers.</param>
    /// <param name="pooling">How a sequence becomes one vector. Default: <see cref="SequencePooling.Automatic"/>.</param>
    /// <param name="batchSize">The number of sequences in a batch. Between 1 and 1048576. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <param name="validationFraction">The part of the rows that is set aside for validation. At least 0 and below 1. Default: <see langword="null"/>, the trainer chooses by the size of the data.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty, or there are no layers.</exception>
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
        double? validationFraction = null) =>
        catalog.Recurrent(TrainerOptions.For(
            layers, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfEpochs, learningRate, pooling, batchSize, validationFraction));

    /// <summary>
    /// Predicts a value from a sequence with any recurrent network that <see cref="RecurrentOptions"/> describes.
    /// </summary>
    /// <inheritdoc cref="Lstm(RegressionCatalog.RegressionTrainers, string, string, string, int, int?, float?, SequencePooling, bool, float, int?, double?)" path="/remarks"/>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="options">The network and how it is trained.</param>
    /// <returns>The trainer, for a pipeline or for <see cref="RecurrentTrainer.Fit(IDataView)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty, or there are no layers.</exception>
    public static RecurrentTrainer Recurrent(this RegressionCatalog.RegressionTrainers catalog, RecurrentOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RecurrentTrainer(CatalogEnvironment.Of(catalog), RecurrentTask.Regression, options);
    }
}
