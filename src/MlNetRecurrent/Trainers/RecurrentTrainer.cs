using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Trainers;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// Trains a recurrent network. It is made by the extension methods of the catalogs: <see cref="RecurrentBinaryCatalog"/>, <see
/// cref="RecurrentMulticlassCatalog"/>, <see cref="RecurrentRegressionCatalog"/>.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Tasks
/// | catalog | label | output columns |
/// |---|---|---|
/// | `BinaryClassification.Trainers` | `Boolean`, `Single` (0, 1, NaN where missing) or key of two values, of which the second is true |
/// `PredictedLabel`, `Score`, `Probability` | | `MulticlassClassification.Trainers` | key | `PredictedLabel`, `Score`: the probability of
/// each class | | `MulticlassClassification.Trainers.SequenceTagger` | vector of keys, one a step | `PredictedLabel`, `Score`:
/// `Vector<Single, *, classes>` | | `Regression.Trainers` | `Single` | `Score`, in the unit of the label |
///
/// ### Training algorithm details
/// The gradient of the loss (cross-entropy; of a regression the squared error of the standardised label) is taken through all steps of a
/// sequence, unless `TruncatedBpttSteps` cuts it, and its norm is limited (`GradientClipNorm`). The sequences of a batch need not have one
/// length: each step is computed for those that still run. Rows are shuffled anew in each epoch. The result depends on the seed and the
/// data, not on the number of threads.
///
/// ### Warnings
/// What is suspicious but possible is a warning in the log of the `MLContext`, which nobody sees who does not listen:
/// ```csharp
/// mlContext.Log += (_, message) =>
/// {
///     if (message.Kind == ChannelMessageKind.Warning)
///         Console.Error.WriteLine(message.Message);
/// };
/// ```
/// (`ChannelMessageKind` is in `Microsoft.ML.Runtime`.) Each ends with the name of its kind, a member of `RecurrentWarning`:
/// `RecurrentOptions.IgnoredWarnings` silences kinds, and `RecurrentOptions.TreatWarningsAsErrors` makes all others errors. ]]></format>
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

    /// <summary>Reads the data, trains the network, and returns it. Fitting the same data again gives the same network.</summary>
    /// <param name="input">The data, with the columns that the options name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than the trainer needs.</exception>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the data, which the message explains by column, row and
    /// step, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or no checkpoint.</exception>
    public RecurrentTransformer Fit(IDataView input) => Fit(input, previous: null, validation: null);

    /// <summary>
    /// Trains the network and validates it on other data: after each epoch the loss and the metrics of that data are told, and the weights
    /// of the epoch with the smallest loss are the result. No row of the training data is set aside.
    /// </summary>
    /// <param name="trainData">The data, with the columns that the options name.</param>
    /// <param name="validationData">The data to validate on, with the same columns, made by the same transforms.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than the trainer needs.</exception>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the data, which the message explains by column, row and
    /// step; the columns of the
    /// validation data are others; <see cref="RecurrentOptions.ValidationFraction"/> is above 0 too; or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or no checkpoint.</exception>
    public RecurrentTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Fit(trainData, previous: null, validationData);
    }

    /// <summary>
    /// Goes on to train a network on new data. It begins with the weights of the former network, and keeps its scale of features and of
    /// labels; the optimizer begins anew.
    /// </summary>
    /// <param name="input">The data, with the columns that the options name.</param>
    /// <param name="previousModel">The network to begin with, which does not change. It must have the layers that the options describe, and
    /// know the same features and labels; pooling, dropout, the size of
    /// stacks and whether their actions are rounded may be others.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than the trainer needs.</exception>
    /// <exception cref="ArgumentException">The former network is not of the kind that the options describe.</exception>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the data, which the message explains by column, row and
    /// step, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written, or another training uses it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or no checkpoint.</exception>
    // A call with null was unambiguous before there was an overload for validation data.
    [OverloadResolutionPriority(1)]
    public RecurrentTransformer Fit(IDataView input, RecurrentTransformer previousModel)
    {
        ArgumentNullException.ThrowIfNull(previousModel);
        return Fit(input, previousModel.Model, validation: null);
    }

    /// <summary>The columns that the trained network will put out.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than the trainer needs.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        InputSchemaCheck.ThrowIfUnfit(inputSchema, _task, _options);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in _task.OutputShape(columns[_options.LabelColumnName]))
            columns[column.Name] = column;
        if (_options.EncodingColumnName is { } encoding)
            columns[encoding] = SchemaShapes.Plain(encoding, _task.EveryStep ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single);
        if (_options.StackActionsColumnName is { } actions)
            columns[actions] = SchemaShapes.Plain(actions, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);
    }

    private InspectionColumns Inside => new(_options.EncodingColumnName, _options.StackActionsColumnName);

    private RecurrentTransformer Fit(IDataView input, TrainedModel? previous, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        CheckpointFileName.ThrowIfUnfit(_options.CheckpointPath);
        int? seedOfCheckpoint = _options.CheckpointPath is { } path ? Checkpoint.SeedOf(path) : null;
        using IChannel channel = _host.Start("Training");
        var warnings = new WarningLog(_host, "Training", _options.Warnings);
        var log = new TrainingLog(_host, channel, warnings, _options);
        int seed = _options.Seed ?? seedOfCheckpoint ?? _seed;
        DataViewSchema.Column feature = input.Schema[_options.FeatureColumnName];
        SequenceColumn features = SequenceColumn.Of(feature, _options.NumberOfFeatures) with { KeyHash = KeyMeaning.HashOf(feature) ?? previous?.Features.KeyHash };
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        FlatFeaturesCheck.Warn(warnings, input, features, _options, _task);
        DataViewSchema.Column? weight = _options.ExampleWeightColumnName is { } name ? input.Schema[name] : null;
        RecurrentOptions options = TrainingDefaults.Begin(_options, _task, hasValidationView: validation is not null);
        DataViewSchema.Column? series = ValidationCheck.SeriesColumn(options, input.Schema);
        var columns = new TrainingColumns(input, features, _task, label, weight, LeakReport.WatchFor(_options, input, features, _task, warnings))
        {
            Series = series,
            Validation = validation is null ? null : ValidationView.ColumnsOf(validation, _options, features, _task, label),
        };
        TrainingData data = TrainingData.Open(columns, (long)_options.CacheMegabytes << 20, log.Working);
        bool windowsOverlap = WindowAnnotation.Find(input.Schema) is { Overlaps: true };
        TrainingDefaults.ChooseSplit(_options, options, _task, data.HasAtLeast, features.HoldsTokens ? () => MeanTokenCount(data, features) : null, windowsOverlap);
        bool validates = validation is not null || options.ValidationFraction > 0;
        ValidationSplit split = Split(options, data, seed);
        ValidationCheck.Warn(warnings, options, input.Schema, data.Series, split);
        DataStatistics statistics = DataStatistics.Gather(data.Source, features.Features, _task.HasClasses, split);
        string whole = _options.ValidationGroupColumnName is { } group ? $"the rows of each value of column '{group}'" : "them";
        data.ThrowIfEmpty(options.ValidationFraction, TrainingDefaults.WhyItValidates(_options), whole);
        TaskOutputs outputs = _task.LearnOutputs(label, statistics, previous?.Outputs);
        TrainingDefaults.ChoosePooling(options, _task, statistics, previous?.Network.Definition);
        NetworkDefinition definition = Define(features, outputs.Count, options.Pooling);
        TrainingDefaults.Complete(_options, options, _task, statistics, definition, goesOn: previous is not null, rowsAreAlike: windowsOverlap && !validates);
        if (previous is not null)
            PreviousModelCheck.ThrowIfUnfit(previous, features, definition, isCut: _options.TruncatedBpttSteps > 0);
        FeatureNormalization normalization = previous?.Network.Normalization ?? Normalization(features, statistics);
        TaskMetrics? metrics = validates ? outputs.NewMetrics() : null;
        log.DataRead(options, data, statistics, features, outputs, definition, metrics);
        log.NormalizationLearnt(input.Schema[features.Name], normalization, isPrevious: previous is not null);
        TrainingJob job = new()
        {
            Definition = definition,
            Data = data.Source,
            Statistics = statistics,
            Normalization = normalization,
            Targets = _options.BalanceClasses ? TargetTransform.BalancedClasses(statistics, Math.Max(2, outputs.Count)) : outputs.Targets,
            Settings = Settings(_options, options, seed, definition, statistics, data.IsStreamed, previous?.Network.Parameters),
            Start = previous?.Network.Parameters,
            Metrics = metrics,
            Observer = log,
        };
        TrainingOutcome outcome = TrainedNetwork.Train(job);
        log.Ended(outcome, definition.Head.LossOfConstant(definition.Outputs, statistics, job.Targets), goesOn: previous is not null);
        TrainingSummary summary = Summarize(options, _task, features.HoldsTokens, validates, statistics, outcome.Last, outputs.LossUnit, seed);
        var model = new TrainedModel(features, outputs, outcome.Network, summary, Inside);
        return new(model) { Warnings = new(_host, "Scoring", _options.Warnings) };
    }

    private double MeanTokenCount(TrainingData data, SequenceColumn features) =>
        DataStatistics.Gather(data.Source, features.Features, _task.HasClasses, ValidationSplit.None).MeanTokenCount;

    private ValidationSplit Split(RecurrentOptions options, TrainingData data, int seed)
    {
        if (data.HasValidationView)
        {
            data.Source.CountAll();
            return ValidationSplit.From(data.CountBeforeValidation);
        }
        if (options is not { ValidationFraction: > 0, ValidateOnLastRows: true })
            return ValidationSplit.AtRandom(options.ValidationFraction, seed, byClass: _task.HasClasses && !_task.EveryStep, keepsFirst: !_options.HasValidationFraction);
        int count = data.Source.CountAll();
        return options.ValidationGroupColumnName is null
            ? ValidationSplit.OfTheLast(options.ValidationFraction, count)
            : ValidationSplit.OfTheLastOfEach(options.ValidationFraction, data.Series!);
    }

    private FeatureNormalization Normalization(SequenceColumn features, DataStatistics data) => _options.NormalizeFeatures && !features.HoldsTokens
        ? FeatureNormalization.Learn(data, features.Features)
        : FeatureNormalization.None(features.Features);

    private NetworkDefinition Define(SequenceColumn features, int outputs, SequencePooling pooling) => new()
    {
        Features = features.HoldsTokens ? _options.EmbeddingSize : features.Features,
        Tokens = features.Tokens,
        Layers = [.. _options.Layers.Select(layer => layer.Definition)],
        Pooling = (Pooling)pooling,
        Outputs = outputs,
        HasOutputBias = _options.HasOutputBias,
        EveryStep = _task.EveryStep,
        Head = _task.Head,
    };

    private static TrainingSettings Settings(RecurrentOptions given, RecurrentOptions options, int seed, NetworkDefinition definition, DataStatistics data, bool isStreamed, Parameters<float>? start)
    {
        bool noiseIsChosen = !given.HasWeightNoise;
        int shufflePoolSize = options.ShufflePoolSize == 0 && isStreamed ? ShufflePool.SizeFor(data, definition) : options.ShufflePoolSize;
        return new()
        {
            NumberOfEpochs = options.NumberOfEpochs,
            BatchSize = options.BatchSize,
            ShufflePoolSize = shufflePoolSize,
            LearningRate = options.LearningRate,
            Schedule = (RateSchedule)options.Schedule,
            Optimizer = new() { Kind = (OptimizerKind)options.Optimizer, WeightDecay = options.WeightDecay, Momentum = options.Momentum },
            GradientClipNorm = options.GradientClipNorm,
            WeightNoise = options.WeightNoise,
            LabelSmoothing = options.LabelSmoothing,
            TokenDropout = options.TokenDropout,
            RareTokenDropout = options.RareTokenDropout,
            TokenCounts = data.TokenCounts,
            NoiseSparesEmbedding = noiseIsChosen,
            NoiseFalls = TrainingDefaults.NoiseFalls(noiseIsChosen, definition),
            TruncatedSteps = options.TruncatedBpttSteps,
            EarlyStoppingPatience = options.EarlyStoppingPatience,
            EpochsBeforePatience = TrainingDefaults.EpochsBeforePatience(given, options),
            KeepsModelWhenCancelled = options.KeepModelWhenCancelled,
            Checkpoint = options.CheckpointPath is { } path ? new(path, options.CheckpointInterval, TrainingFingerprint.Of(options, noiseIsChosen, definition, data, shufflePoolSize, start)) : null,
            NumberOfThreads = options.NumberOfThreads > 0 ? options.NumberOfThreads : Environment.ProcessorCount,
            Seed = seed,
        };
    }

    private static TrainingSummary Summarize(RecurrentOptions options, RecurrentTask task, bool holdsTokens, bool validates, DataStatistics data, TrainingState last, double lossUnit, int seed) => new()
    {
        Epochs = last.Epoch,
        BestEpoch = last.BestEpoch,
        Sequences = data.Count,
        FinalLoss = last.Loss * lossUnit,
        ValidationLoss = validates && last.BestEpoch > 0 ? last.BestLoss * lossUnit : null,
        Seed = seed,
        NumberOfEpochs = options.NumberOfEpochs,
        EarlyStoppingPatience = options.EarlyStoppingPatience,
        BatchSize = options.BatchSize,
        LearningRate = options.LearningRate,
        Schedule = options.Schedule,
        Pooling = task.EveryStep ? null : options.Pooling,
        WeightNoise = options.WeightNoise,
        LabelSmoothing = options.LabelSmoothing,
        TokenDropout = holdsTokens ? options.TokenDropout : 0,
        RareTokenDropout = holdsTokens ? options.RareTokenDropout : 0,
        ValidationFraction = options.ValidationFraction,
    };
}
