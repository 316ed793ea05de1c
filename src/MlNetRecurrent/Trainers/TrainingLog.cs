using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Reports a training to ML.NET's log and to the user's <see cref="IProgress{T}"/>, and checks whether it was canceled.</summary>
internal sealed class TrainingLog(IHost host, IChannel channel, WarningLog warnings, RecurrentOptions given) : TrainingObserver
{
    /// <summary>The options of the user; from <see cref="DataRead"/> on, with the chosen defaults.</summary>
    private RecurrentOptions _options = given;

    private readonly RecurrentOptions _given = given;

    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceProgress = new();
    private double _lossUnit = 1;
    private TaskMetrics? _metrics;
    private IReadOnlyList<KeyValuePair<string, double>> _lastMetrics = [];

    public override void Working()
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        CatalogEnvironment.ThrowIfCancelled(host);
    }

    /// <param name="options">The options, with all defaults chosen.</param>
    /// <param name="data">The data.</param>
    /// <param name="statistics">The statistics of the data.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="definition">The network.</param>
    /// <param name="metrics">The metrics of the validation part, if there is one.</param>
    public void DataRead(
        RecurrentOptions options, TrainingData data, DataStatistics statistics, InputColumns inputs, TaskOutputs outputs,
        NetworkDefinition definition, TaskMetrics? metrics)
    {
        _options = options;
        _lossUnit = definition.Head.LossUnit(outputs.Targets);
        _metrics = metrics;
        if (data.Counts.WithoutLabel > 0)
            warnings.Warn(RecurrentWarning.MissingLabels, MessageSensitivity.None, $"{Left(data.Counts.WithoutLabel, "no label")}");
        // A class that all labels have is an error.
        if (outputs.DescribeConstantLabels(statistics) is { } constant)
            warnings.Warn(RecurrentWarning.ConstantLabels, MessageSensitivity.UserData, constant);
        if (data.Counts.WithoutWeight > 0)
            channel.Info(MessageSensitivity.None, "{0}", Left(data.Counts.WithoutWeight, "the weight 0"));
        string layers = string.Join(
            ", ", definition.Layers.Select(layer => $"{layer.Kind} {layer.Size}{(layer.Bidirectional ? " in both directions" : "")}"));
        channel.Info(
            MessageSensitivity.None, "Training on {0} of {1} in all{2}, {3} a step, {4}, layers: {5}.",
            Count(statistics.Count, "sequence"), Count(statistics.Steps, "step"), data.IsStreamed ? ", read anew in each epoch" : "",
            string.Join(" and ", inputs.All.Select(Describe)),
            Count(definition.Outputs, "output"), layers);
        if (outputs is BinaryOutputs { Labels.Texts: [var no, var yes] })
            TellLabels(no, yes);
        if (metrics is not null)
        {
            int validation = data.Source.CountOf(DataPart.Validation);
            channel.Info(
                MessageSensitivity.None,
                data.HasValidationView ? "{0} of the validation data {1} read." : "{0} {1} set aside for validation.",
                Count(validation, "sequence"), validation == 1 ? "is" : "are");
        }
        channel.Info(MessageSensitivity.None, "{0}", ChosenOptions.Describe(_given, options, definition));
    }

    /// <param name="schema">The columns of the data.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="normalization">The normalization of their numbers.</param>
    /// <param name="isPrevious">Whether it is that of the previous model.</param>
    public void NormalizationLearnt(
        DataViewSchema schema, InputColumns inputs, FeatureNormalization normalization, bool isPrevious)
    {
        string where = isPrevious ? "the training data of the previous model" : "the training data";
        int first = 0;
        foreach (SequenceColumn column in inputs.All)
        {
            ReadOnlySpan<float> scale = normalization.Scale.AsSpan(first, column.Features);
            if (ConstantFeatures.Describe(schema[column.Name], scale, where) is { } remark)
                channel.Info(MessageSensitivity.Schema, "{0}", remark);
            first += column.Features;
        }
    }

    /// <param name="column">The column.</param>
    /// <param name="keys">The number of its keys.</param>
    /// <param name="found">The number of keys that have a vector.</param>
    public void VectorsFound(string column, int keys, int found) => channel.Info(
        MessageSensitivity.Schema, "{0} of the {1} keys of column '{2}' start from a vector; the others start at random.",
        found, keys, column);

    public void VectorsKept() => channel.Info(
        MessageSensitivity.None, "The vectors of the previous model are kept; {0} decides only whether they change.",
        nameof(RecurrentOptions.EmbeddingVectors));

    private static string Describe(SequenceColumn column)
    {
        if (column.Characters > 0)
            return $"{Count(column.Characters, "character")}, each one of {Count(column.Tokens - 1, "token")}";
        string ofColumn = column.IsStatic ? $" of '{column.Name}' for all steps" : "";
        return (column.HoldsTokens ? $"one of {Count(column.Tokens - 1, "token")}" : Count(column.Features, "feature")) + ofColumn;
    }

    private void TellLabels(string no, string yes)
    {
        string meaning = $"PredictedLabel is true for '{yes}', the second key of the label column, and false for '{no}', the first.";
        if (BinaryLabels.IsInverted(no, yes))
        {
            warnings.Warn(
                RecurrentWarning.LabelOrder, MessageSensitivity.UserData,
                $"{meaning} MapValueToKey with keyOrdinality ByValue makes '{yes}' the first.");
        }
        else
            channel.Info(MessageSensitivity.UserData, "{0}", meaning);
    }

    public override void InitializingWeights(int units) =>
        channel.Info(MessageSensitivity.None, "The first weights are made, orthogonal matrices of {0} units, which takes a while.", units);

    public override void Resumed(int epoch, int batch) => channel.Info(
        MessageSensitivity.None, "The training goes on from '{0}', in epoch {1} after {2}.",
        _options.CheckpointPath, epoch, Count(batch, "batch", "es"));

    public override void WasOver(TrainingState state)
    {
        channel.Info(
            MessageSensitivity.None, "The training that '{0}' keeps is over, after {1}.",
            _options.CheckpointPath, Count(state.Epoch, "epoch"));
        if (_metrics is not null && _options.Schedule != LearningRateSchedule.HalveOnPlateau)
            _lastMetrics = _metrics.Values;
        if (_options.Progress is not null)
            Report(state, isEpochDone: true);
    }

    public override void CheckpointFailed(Exception reason) =>
        warnings.Warn(
            RecurrentWarning.CheckpointNotWritten, MessageSensitivity.None,
            $"The checkpoint '{_options.CheckpointPath}' could not be written; the training goes on without. {reason.Message}");

    public override void BatchDone(TrainingState state)
    {
        bool isDue = !_sinceProgress.IsRunning || _sinceProgress.Elapsed >= _progressInterval;
        // The last batch of an epoch is followed by the report of the epoch.
        if (_options.Progress is not null && state.Batch < state.NumberOfBatches && isDue)
            Report(state, isEpochDone: false);
        Working();
    }

    public override void EpochDone(TrainingState state)
    {
        if (_metrics is not null)
            _lastMetrics = _metrics.Values;
        channel.Info(MessageSensitivity.None, "{0}", Line(state));
        if (_options.Progress is not null)
            Report(state, isEpochDone: true);
        Working();
    }

    /// <param name="outcome">The result of the training.</param>
    /// <param name="baseline">The mean loss of the best constant prediction, in the scale of the network's loss.</param>
    /// <param name="goesOn">Whether the training began with the weights of a previous model.</param>
    public void Ended(TrainingOutcome outcome, double baseline, bool goesOn)
    {
        TrainingState last = outcome.Last;
        if (outcome.IsCancelled)
        {
            warnings.Warn(
                RecurrentWarning.TrainingCancelled, MessageSensitivity.None,
                $"The training was cancelled in epoch {last.Epoch} of {_options.NumberOfEpochs}.");
        }
        else if (last.Epoch < _options.NumberOfEpochs)
        {
            channel.Info(
                MessageSensitivity.None,
                "The training ends after {0}: the loss on the validation part has not become smaller in {1}.",
                Count(last.Epoch, "epoch"), Count(_options.EarlyStoppingPatience, "epoch"));
        }
        if (last.BestEpoch > 0)
            channel.Info(MessageSensitivity.None, "The weights of epoch {0}, whose loss is the smallest, are kept.", last.BestEpoch);
        if (!outcome.IsCancelled)
            BaselineCheck.Warn(warnings, last, baseline, _lossUnit, _options, goesOn);
    }

    private string Line(TrainingState state)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"Epoch {state.Epoch}/{_options.NumberOfEpochs}: loss {state.Loss * _lossUnit:0.0000}");
        if (state.ValidationLoss is { } validation)
        {
            string smallest = state.BestEpoch == state.Epoch ? " (the smallest)" : "";
            line.Append(CultureInfo.InvariantCulture, $", validation loss {validation * _lossUnit:0.0000}{smallest}");
        }
        foreach ((string name, double value) in _lastMetrics)
            line.Append(CultureInfo.InvariantCulture, $", {name} {value:0.0000}");
        line.Append(CultureInfo.InvariantCulture, $", gradient norm {state.GradientNorm:0.000}, learning rate {state.LearningRate:G3}");
        line.Append(
            CultureInfo.InvariantCulture, $", {state.SequencesPerSecond:0} sequences/s, {state.TimeLeft.TotalSeconds:0.0} s left.");
        return line.ToString();
    }

    private static string Count(long count, string noun, string ending = "s") => CountedNoun.Text(count, noun, ending);

    private static string Left(long rows, string reason) =>
        $"{Count(rows, "row")} {(rows == 1 ? "has" : "have")} {reason} and {(rows == 1 ? "is" : "are")} left out.";

    private void Report(TrainingState state, bool isEpochDone)
    {
        _options.Progress!.Report(new()
        {
            Epoch = state.Epoch,
            NumberOfEpochs = _options.NumberOfEpochs,
            Batch = state.Batch,
            NumberOfBatches = state.NumberOfBatches,
            Loss = state.Loss * _lossUnit,
            ValidationLoss = state.ValidationLoss * _lossUnit,
            ValidationMetrics = _lastMetrics,
            BestEpoch = state.BestEpoch,
            IsEpochDone = isEpochDone,
            IsTrainingDone = state.IsOver,
            GradientNorm = state.GradientNorm,
            LearningRate = state.LearningRate,
            SequencesPerSecond = state.SequencesPerSecond,
            Elapsed = state.Elapsed,
            TimeLeft = state.TimeLeft,
        });
        _sinceProgress.Restart();
    }
}
