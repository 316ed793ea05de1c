using System.Runtime.CompilerServices;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Trainers;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// Trains a recurrent network. Created by the methods of <see cref="RecurrentBinaryCatalog"/>, <see cref="RecurrentMulticlassCatalog"/>
/// and <see cref="RecurrentRegressionCatalog"/>.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Tasks
/// | catalog, `.Trainers` | label | output columns |
/// |---|---|---|
/// | `BinaryClassification` | `Boolean`, `Single` (0 or 1), or key with two values | `PredictedLabel`, `Score`, `Probability` |
/// | | `Vector<Boolean, K>` or `Vector<Single, K>`: several labels | the same, each a vector of K |
/// | `BinaryClassification`, `SequenceTagger` | one `Boolean` or `Single` per step | the same, each a vector with one item per step |
/// | `MulticlassClassification` | key | `PredictedLabel`, `Score`: the probability of each class |
/// | `MulticlassClassification`, `SequenceTagger` | one key per step | `PredictedLabel`, `Score`: `Vector<Single, *, classes>` |
/// | `Regression` | `Single` | `Score`, in the unit of the label |
/// | | `Vector<Single, K>`: several values | `Score`: `Vector<Single, K>`, each slot in its own unit |
/// | `Regression`, `SequenceTagger` | one `Single` per step | `Score`: one `Single` per step |
///
/// A label is missing if it is NaN or key 0. Of a key with two values, the second is the positive class. A missing value of a vector masks
/// only its slot: the other values of the row are learned from. A row without any label is left out. The output columns have the slot
/// names of the label. `Regression.EvaluateVector` and `BinaryClassification.EvaluateMultiLabel` evaluate predictions that are vectors.
///
/// ### Training algorithm details
/// The loss depends on the task. Classification: cross-entropy. With `UseCrf`: negative log-likelihood of the label sequence. Regression:
/// squared error of the standardized label. Several values: the mean over those not missing. Each slot is standardized separately.
///
/// The gradient of the loss is backpropagated through all steps of a sequence, or through `TruncatedBpttSteps` steps, and its norm is
/// clipped (`GradientClipNorm`). The sequences of a batch may differ in length: each step is computed only for the sequences that have it.
/// Rows are shuffled in each epoch. The result depends on the seed and the data, not on the number of threads.
///
/// ### Warnings
/// The trainer logs warnings about suspicious data and results in the log of the `MLContext`. To see the warnings, subscribe to the log:
/// ```csharp
/// mlContext.Log += (_, message) =>
/// {
///     if (message.Kind == ChannelMessageKind.Warning)
///         Console.Error.WriteLine(message.Message);
/// };
/// ```
/// (`ChannelMessageKind` is in `Microsoft.ML.Runtime`.) Each warning ends with the name of its kind, a member of `RecurrentWarning`.
/// `RecurrentOptions.IgnoredWarnings` suppresses kinds of warnings, and `RecurrentOptions.TreatWarningsAsErrors` turns all others into
/// errors.
/// ]]></format>
/// </remarks>
public sealed class RecurrentTrainer : IEstimator<RecurrentTransformer>
{
    private readonly IHost _host;
    private readonly RecurrentTask _task;
    private readonly RecurrentOptions _options;
    private readonly int _seed;

    internal RecurrentTrainer(IHostEnvironment environment, RecurrentTask task, RecurrentOptions options)
    {
        _options = options.Copy();
        _options.Validate(task);
        InsideColumnCheck.ThrowIfTaken(_options, task);
        if (_options.CheckpointPath is { } path)
            _options.CheckpointPath = CheckpointFileName.Resolve(path);
        _task = task;
        _host = environment.Register(nameof(RecurrentTrainer));
        _seed = _options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains a network on the data. Fitting the same data again gives the same network.</summary>
    /// <param name="input">The training data, with the columns that the options name.</param>
    /// <returns>The trained network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be used for training (the message names the column, row and step), the
    /// features contain the label (see <see cref="RecurrentOptions.AllowLabelInFeatures"/>), training diverged, or a warning is treated as
    /// an error (see <see cref="TrainingOptions.TreatWarningsAsErrors"/>).</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    /// <exception cref="IOException">The checkpoint file cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint file is damaged or is not a checkpoint.</exception>
    public RecurrentTransformer Fit(IDataView input) => Fit(input, previous: null, validation: null);

    /// <summary>
    /// Trains a network and validates it on separate data. After each epoch, the loss and the metrics of the validation data are reported.
    /// The result has the weights of the epoch with the smallest validation loss. All training rows are used for training.
    /// </summary>
    /// <param name="trainData">The training data, with the columns that the options name.</param>
    /// <param name="validationData">The validation data, with the same columns, produced by the same transforms.</param>
    /// <returns>The trained network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be used for training (the message names the column, row and step), the
    /// features contain the label (see <see cref="RecurrentOptions.AllowLabelInFeatures"/>), the columns of the validation data differ,
    /// <see cref="RecurrentOptions.ValidationFraction"/> is above 0, training diverged, or a warning is treated as an error (see
    /// <see cref="TrainingOptions.TreatWarningsAsErrors"/>).</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    /// <exception cref="IOException">The checkpoint file cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint file is damaged or is not a checkpoint.</exception>
    public RecurrentTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Fit(trainData, previous: null, validationData);
    }

    /// <summary>
    /// Continues the training of a network on new data. Training starts from the weights of the previous model and keeps its scales of
    /// features and labels. The state of the optimizer is reset.
    /// </summary>
    /// <param name="input">The training data, with the columns that the options name.</param>
    /// <param name="previousModel">The model to start from, which does not change. The model must have the layers that the options
    /// describe, and the same features and labels. Pooling, dropout, the size of stacks and the rounding of their actions may
    /// differ.</param>
    /// <returns>The trained network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="ArgumentException">The previous model does not have the network that the options describe.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be used for training (the message names the column, row and step), the
    /// features contain the label (see <see cref="RecurrentOptions.AllowLabelInFeatures"/>), training diverged, or a warning is treated as
    /// an error (see <see cref="TrainingOptions.TreatWarningsAsErrors"/>).</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    /// <exception cref="IOException">The checkpoint file cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint file is damaged or is not a checkpoint.</exception>
    // A call with null was unambiguous before there was an overload for validation data.
    [OverloadResolutionPriority(1)]
    public RecurrentTransformer Fit(IDataView input, RecurrentTransformer previousModel)
    {
        ArgumentNullException.ThrowIfNull(previousModel);
        return Fit(input, previousModel.Model, validation: null);
    }

    /// <summary>Returns the schema of the trained model's output.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>The columns of the data and those of the predictions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        InputSchemaCheck.ThrowIfUnfit(inputSchema, _task, _options);
        InputSchemaCheck.ThrowIfNotEmbedded(inputSchema, _options.EmbeddingSizes);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in _task.OutputShape(columns[_options.LabelColumnName]))
            columns[column.Name] = column;
        foreach (SchemaShape.Column column in _options.AdditionalOutputs.SelectMany(AdditionalShape).ToArray())
            columns[column.Name] = column;
        if (_options.EncodingColumnName is { } encoding)
        {
            SchemaShape.Column.VectorKind kind =
                _task.EveryStep ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
            columns[encoding] = SchemaShapes.Plain(encoding, kind, NumberDataViewType.Single);
        }
        if (_options.StackActionsColumnName is { } actions)
            columns[actions] = SchemaShapes.Plain(actions, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);

        IEnumerable<SchemaShape.Column> AdditionalShape(AdditionalOutput output)
        {
            SchemaShape.Column label = columns[output.LabelColumnName];
            return output.TaskFor(_task.EveryStep, label.Kind != SchemaShape.Column.VectorKind.Scalar).OutputShape(label)
                .Select(column => SchemaShapes.Rename(column, JointOutput.NameOf(output.Name, column.Name)));
        }
    }

    /// <summary>Returns one line about the trainer: the task, the columns that it reads, and the layers.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{_task.Name} trainer, {_options}";

    /// <summary>The task that it trains for.</summary>
    internal RecurrentTask Task => _task;

    /// <summary>A copy of the options, with the seed of the trainer.</summary>
    internal RecurrentOptions CopyOptions()
    {
        RecurrentOptions copy = _options.Copy();
        copy.Seed ??= _seed;
        return copy;
    }

    private InspectionColumns Inside => new(_options.EncodingColumnName, _options.StackActionsColumnName);

    private RecurrentTransformer Fit(IDataView input, TrainedModel? previous, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        CheckpointFileName.ThrowIfUnfit(_options.CheckpointPath);
        int? seedOfCheckpoint = _options.CheckpointPath is { } path ? Checkpoint.SeedOf(path) : null;
        using IChannel channel = _host.Start("Training");
        bool goesOn = previous is not null && !_options.ReplaceOutputs;
        var warnings = new WarningLog(_host, "Training", _options.Warnings);
        var log = new TrainingLog(_host, channel, warnings, _options);
        int seed = _options.Seed ?? seedOfCheckpoint ?? _seed;
        InputColumns inputs = _options.FindInputs(input.Schema, previous?.Inputs);
        LabelColumns labels = _options.FindLabels(input.Schema, _task);
        UnusedOptions.Warn(warnings, _options, inputs, hasPrevious: previous is not null);
        FlatFeaturesCheck.Warn(warnings, input, _options, _task);
        DataViewSchema.Column? weight = _options.ExampleWeightColumnName is { } name ? input.Schema[name] : null;
        RecurrentOptions options = TrainingDefaults.Begin(_options, _task, hasValidationView: validation is not null);
        DataViewSchema.Column? series = ValidationCheck.SeriesColumn(options, input.Schema);
        var columns = new TrainingColumns(
            input, inputs, labels, weight, LeakReport.WatchFor(_options, input, inputs, labels, warnings))
        {
            Series = series,
            Validation = validation is null ? null : ValidationView.ColumnsOf(validation, _options, inputs, _task, labels),
        };
        TrainingData data = TrainingData.Open(columns, (long)_options.CacheMegabytes << 20, log.Working);
        bool windowsOverlap = WindowAnnotation.Find(input.Schema) is { Overlaps: true };
        Func<double>? meanTokenCount = inputs.HasTokens
            ? () => DataStatistics.Gather(data.Source, labels.AreClasses, ValidationSplit.None).MeanTokenCount
            : null;
        TrainingDefaults.ChooseSplit(_options, options, _task, data.HasAtLeast, meanTokenCount, windowsOverlap);
        bool validates = validation is not null || options.ValidationFraction > 0;
        ValidationSplit split = Split(options, data, labels, seed);
        ValidationCheck.Warn(warnings, options, input.Schema, data.Series, split);
        DataStatistics statistics = DataStatistics.Gather(data.Source, labels.AreClasses, split);
        string whole = _options.ValidationGroupColumnName is { } group ? $"the rows of each value of column '{group}'" : "them";
        data.ThrowIfEmpty(options.ValidationFraction, TrainingDefaults.WhyItValidates(_options), whole);
        TaskOutputs outputs = labels.LearnOutputs(statistics, goesOn ? previous!.Outputs : null);
        TrainingDefaults.ChoosePooling(options, _task, statistics, goesOn ? previous!.Network.Definition : null);
        NetworkDefinition definition = Define(inputs, outputs, options.Pooling);
        TrainingDefaults.Complete(
            _options, options, _task, statistics, definition, goesOn, rowsAreAlike: windowsOverlap && !validates);
        if (previous is not null)
            PreviousModelCheck.ThrowIfUnfit(previous, inputs, definition, isCut: _options.TruncatedBpttSteps > 0, _options.ReplaceOutputs);
        FeatureNormalization normalization = previous?.Network.Normalization ?? Normalization(inputs, statistics);
        TaskMetrics? metrics = validates ? outputs.NewMetrics() : null;
        log.DataRead(options, data, statistics, inputs, outputs, definition, metrics);
        log.NormalizationLearnt(input.Schema, inputs, normalization, isPrevious: previous is not null);
        Parameters<float>? start = StartingWeights.Create(_options, input.Schema, inputs, definition, previous, seed, log);
        TrainingJob job = new()
        {
            Definition = definition,
            Data = data.Source,
            Statistics = statistics,
            Normalization = normalization,
            Targets = outputs.TargetsFor(statistics, _options.BalanceClasses),
            Settings = EngineSettings.Create(
                _options, options, seed, definition, statistics, data.IsStreamed, start,
                StartingWeights.FrozenParts(_options, inputs)),
            Start = start,
            Metrics = metrics,
            Observer = log,
        };
        TrainingOutcome outcome = TrainedNetwork.Train(job);
        log.Ended(outcome, definition.Head.LossOfConstant(definition.Outputs, statistics, job.Targets), goesOn);
        TrainingSummary summary = SummaryOf.Training(
            options, _task, inputs.HasTokens, validates, statistics, outcome.Last, definition.Head.LossUnit(outputs.Targets), seed);
        TrainedNetwork network = outcome.Network with { Definition = definition with { Head = outputs.Head } };
        var model = new TrainedModel(inputs, outputs, network, summary, Inside);
        return new(model) { Warnings = new(_host, "Scoring", _options.Warnings) };
    }

    private ValidationSplit Split(RecurrentOptions options, TrainingData data, LabelColumns labels, int seed)
    {
        if (data.HasValidationView)
        {
            data.Source.CountAll();
            return ValidationSplit.From(data.CountBeforeValidation);
        }
        if (options is not { ValidationFraction: > 0, ValidateOnLastRows: true })
        {
            bool byClass = _task.HasClasses && !_task.EveryStep && labels.Main.Slots is null;
            return ValidationSplit.AtRandom(options.ValidationFraction, seed, byClass, keepsFirst: !_options.HasValidationFraction);
        }
        int count = data.Source.CountAll();
        return options.ValidationGroupColumnName is null
            ? ValidationSplit.OfTheLast(options.ValidationFraction, count)
            : ValidationSplit.OfTheLastOfEach(options.ValidationFraction, data.Series!);
    }

    private FeatureNormalization Normalization(InputColumns inputs, DataStatistics data) =>
        _options.NormalizeFeatures && inputs.NumberCount > 0
            ? FeatureNormalization.Learn(data, inputs.NumberCount)
            : FeatureNormalization.None(inputs.NumberCount);

    private NetworkDefinition Define(InputColumns inputs, TaskOutputs outputs, SequencePooling pooling) => new()
    {
        Features = inputs.Fields.Sum(field => field.Size),
        Tokens = inputs.IsPlain ? inputs.First.Tokens : 0,
        Inputs = inputs.IsPlain ? null : inputs.Fields,
        Layers = [.. _options.Layers.Select(layer => layer.Definition)],
        Pooling = (Pooling)pooling,
        Outputs = outputs.Count,
        HasOutputBias = _options.HasOutputBias,
        EveryStep = _task.EveryStep,
        Head = outputs.Head.WithoutAlternatives(),
    };
}
