using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Forecasting;
using MlNetRecurrent.Trainers;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// Trains a recurrent network to forecast series. Created by the methods of <see cref="Microsoft.ML.RecurrentForecastingCatalog"/>.
/// </summary>
/// <remarks>
/// A recurrent network reads the rows of each series, and after each row the state forecasts all steps of the horizon at once, with the
/// values of the columns known ahead (Wen et al. 2017, arXiv 1711.11053). Training uses every row of a series as an origin in one pass.
/// The result depends on the seed and the data, not on the number of threads.
/// </remarks>
public sealed class ForecastTrainer : IEstimator<ForecastTransformer>
{
    private readonly IHost _host;
    private readonly ForecastOptions _options;
    private readonly int _seed;

    internal ForecastTrainer(IHostEnvironment environment, ForecastOptions options)
    {
        _options = options.Copy();
        _options.Validate();
        if (_options.CheckpointPath is { } path)
            _options.CheckpointPath = CheckpointFileName.Resolve(path);
        _host = environment.Register(nameof(ForecastTrainer));
        _seed = _options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains a network on a table of series. Fitting the same data again gives the same network.</summary>
    /// <param name="input">The table: a row for each time step of each series, in order of time.</param>
    /// <returns>The trained network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be used for training (the message names the column and the row),
    /// training diverged, or a warning is treated as an error.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public ForecastTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        CheckpointFileName.ThrowIfUnfit(_options.CheckpointPath);
        int? seedOfCheckpoint = _options.CheckpointPath is { } path ? Checkpoint.SeedOf(path) : null;
        int seed = _options.Seed ?? seedOfCheckpoint ?? _seed;
        using IChannel channel = _host.Start("Training");
        var warnings = new WarningLog(_host, "Training", _options.Warnings);
        var log = new EpochLog(_host, channel, warnings, _options);
        ForecastColumns columns = ForecastColumns.Find(input.Schema, _options);
        ForecastShape shape = ShapeOf(_options);
        Series[] series = ReadSeries(input, columns, shape, warnings, log.Working);
        NetworkDefinition definition = Define(columns, shape);
        (SequenceSet examples, int forTraining) = MakeExamples(series, columns, shape, definition);
        if (forTraining == 0)
        {
            throw new InvalidOperationException(
                "The data has no row with a known target after it, so that there is nothing to learn. "
                + $"It has {CountedNoun.Text(series.Length, "series", "")} of at most {series.Max(one => one.Count)} rows. "
                + "The first values of a series set its scale, so that it needs at least three, not all of them zero.");
        }
        var source = new MemorySource(examples);
        int labelSize = shape.Horizon * columns.Targets.Count;
        DataStatistics statistics = DataStatistics.Gather(source, hasClasses: false, ValidationSplit.From(forTraining), labelSize);
        TargetScale[] scales = ForecastScales.Learn(statistics, columns.Targets.Count);
        var targets = new TargetTransform(scales);
        FeatureNormalization normalization = FeatureNormalization.Learn(statistics, NumbersOf(columns));
        ForecastOptions options = ForecastDefaults.Complete(_options, statistics, definition);
        log.Begin(options, definition.Head.LossUnit(targets), metrics: null);
        channel.Info(
            MessageSensitivity.None, "Training on {0} in {1} of {2} steps, {3} parameters, {4} epochs in batches of {5}.",
            CountedNoun.Text(series.Length, "series", ""), CountedNoun.Text(statistics.Count, "piece"), statistics.Steps,
            definition.Tensors.Sum(tensor => tensor.Count), options.NumberOfEpochs, options.BatchSize);
        TrainingJob job = new()
        {
            Definition = definition,
            Data = source,
            Statistics = statistics,
            Normalization = normalization,
            Targets = targets,
            Settings = SettingsOf(options, seed, definition, statistics),
            Observer = log,
        };
        TrainingOutcome outcome = TrainedNetwork.Train(job);
        log.Ended(outcome, options.EarlyStoppingPatience);
        bool validates = source.CountOf(DataPart.Validation) > 0;
        TrainingSummary summary = SummaryOf.Training(
            options, validates, statistics, outcome.Last, definition.Head.LossUnit(targets), seed);
        return new(new(columns, shape, scales, outcome.Network, summary));
    }

    /// <summary>Returns the schema of the trained model's output.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>The columns of the data and those of the forecasts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach (string name in _options.ColumnNames.Where(name => !columns.ContainsKey(name)))
        {
            throw new ArgumentOutOfRangeException(
                paramName: null, name, $"There is no column '{name}'. There are: {string.Join(", ", columns.Keys)}.");
        }
        columns[ForecastSchema.ForecastName] = Vector(ForecastSchema.ForecastName);
        if (_options.Quantiles.Count > 0)
            columns[ForecastSchema.QuantilesName] = Vector(ForecastSchema.QuantilesName);
        return new(columns.Values);

        static SchemaShape.Column Vector(string name) =>
            SchemaShapes.Plain(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single);
    }

    /// <summary>Returns one line about the trainer.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"Forecast trainer, {_options}";

    private static ForecastShape ShapeOf(ForecastOptions options) => new()
    {
        Horizon = options.Horizon,
        ContextLength = options.ContextLength,
        Scaling = options.Scaling,
        Loss = options.Loss,
        Quantiles = options.Quantiles,
    };

    private static int NumbersOf(ForecastColumns columns) =>
        columns.StepSize + columns.Statics.Sum(column => column.Features) + columns.KnownSize;

    private static Series[] ReadSeries(
        IDataView input, ForecastColumns columns, ForecastShape shape, WarningLog warnings, Action working)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(columns.Names.Select(name => input.Schema[name]));
        var reader = new SeriesReader(cursor, columns, () => new(columns, shape.Scaling, shape.ContextLength));
        while (cursor.MoveNext())
        {
            reader.Read();
            if (cursor.Position % 1024 == 0)
                working();
        }
        if (reader.FirstGap is { } gap)
        {
            warnings.Warn(
                RecurrentWarning.SeriesGaps, MessageSensitivity.UserData,
                $"{gap}; {CountedNoun.Text(reader.Gaps, "row")} in all. Steps of different length are read as equal. "
                + "Resample makes the intervals equal.");
        }
        Series[] series = [.. reader.All];
        return series.Length > 0 ? series : throw new InvalidOperationException("The data has no rows.");
    }

    private (SequenceSet Examples, int ForTraining) MakeExamples(
        Series[] series, ForecastColumns columns, ForecastShape shape, NetworkDefinition definition)
    {
        var examples = new SequenceSet(definition.ExampleFields);
        var maker = new ForecastExamples(columns, shape, examples);
        int[] ends = Array.ConvertAll(series, one => one.Count - (int)Math.Ceiling(_options.ValidationFraction * one.Count));
        for (int i = 0; i < series.Length; i++)
            maker.Add(series[i], 0, ends[i]);
        int forTraining = examples.Count;
        for (int i = 0; i < series.Length; i++)
            maker.Add(series[i], ends[i], series[i].Count);
        return (examples, forTraining);
    }

    private NetworkDefinition Define(ForecastColumns columns, ForecastShape shape)
    {
        IReadOnlyList<InputField> fields = columns.FieldsWith(_ => _options.EmbeddingSize);
        return new()
        {
            Features = fields.Sum(field => field.Size),
            Inputs = fields,
            Layers = [.. _options.Layers.Select(layer => layer.Definition)],
            EveryStep = true,
            Outputs = shape.Horizon * columns.Targets.Count * shape.OutputsOfValue,
            Head = shape.CreateHead(),
            Decoder = columns.KnownSize > 0 ? new(shape.Horizon, columns.KnownSize, _options.DecoderSize) : null,
        };
    }

    private static TrainingSettings SettingsOf(
        ForecastOptions options, int seed, NetworkDefinition definition, DataStatistics data)
    {
        return new()
        {
            NumberOfEpochs = options.NumberOfEpochs,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,
            Schedule = (RateSchedule)options.Schedule,
            Optimizer = new() { Kind = (OptimizerKind)options.Optimizer, WeightDecay = options.WeightDecay, Momentum = options.Momentum },
            GradientClipNorm = options.GradientClipNorm,
            EarlyStoppingPatience = options.EarlyStoppingPatience,
            KeepsModelWhenCancelled = options.KeepModelWhenCancelled,
            Checkpoint = options.CheckpointPath is { } path
                ? new(path, options.CheckpointInterval, ForecastFingerprint.Of(options, definition, data))
                : null,
            NumberOfThreads = options.NumberOfThreads > 0 ? options.NumberOfThreads : Environment.ProcessorCount,
            Seed = seed,
        };
    }
}
