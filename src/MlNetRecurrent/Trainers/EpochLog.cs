using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Reports the epochs of a training to ML.NET's log and to the user's <see cref="IProgress{T}"/>, and checks whether it was
/// canceled.</summary>
/// <param name="host">The host of the trainer.</param>
/// <param name="channel">The log.</param>
/// <param name="warnings">The log of warnings.</param>
/// <param name="given">The options of the user.</param>
internal class EpochLog(IHost host, IChannel channel, WarningLog warnings, TrainingOptions given) : TrainingObserver
{
    /// <summary>The options of the user; from <see cref="Begin"/> on, with the chosen defaults.</summary>
    private TrainingOptions _options = given;

    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceProgress = new();
    private TaskMetrics? _metrics;
    private IReadOnlyList<KeyValuePair<string, double>> _lastMetrics = [];

    protected IChannel Channel => channel;

    protected WarningLog Warnings => warnings;

    /// <summary>The size of a loss of 1 in the unit of the labels.</summary>
    protected double LossUnit { get; private set; } = 1;

    /// <param name="options">The options, with all defaults chosen.</param>
    /// <param name="lossUnit">The size of a loss of 1 in the unit of the labels.</param>
    /// <param name="metrics">The metrics of the validation part, if there is one.</param>
    public void Begin(TrainingOptions options, double lossUnit, TaskMetrics? metrics)
    {
        _options = options;
        LossUnit = lossUnit;
        _metrics = metrics;
    }

    public override void Working()
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        CatalogEnvironment.ThrowIfCancelled(host);
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
    /// <param name="patience">The epochs without a smaller validation loss that end a training.</param>
    public void Ended(TrainingOutcome outcome, int patience)
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
                Count(last.Epoch, "epoch"), Count(patience, "epoch"));
        }
        if (last.BestEpoch > 0)
            channel.Info(MessageSensitivity.None, "The weights of epoch {0}, whose loss is the smallest, are kept.", last.BestEpoch);
    }

    private string Line(TrainingState state)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"Epoch {state.Epoch}/{_options.NumberOfEpochs}: loss {state.Loss * LossUnit:0.0000}");
        if (state.ValidationLoss is { } validation)
        {
            string smallest = state.BestEpoch == state.Epoch ? " (the smallest)" : "";
            line.Append(CultureInfo.InvariantCulture, $", validation loss {validation * LossUnit:0.0000}{smallest}");
        }
        foreach ((string name, double value) in _lastMetrics)
            line.Append(CultureInfo.InvariantCulture, $", {name} {value:0.0000}");
        line.Append(CultureInfo.InvariantCulture, $", gradient norm {state.GradientNorm:0.000}, learning rate {state.LearningRate:G3}");
        line.Append(
            CultureInfo.InvariantCulture, $", {state.SequencesPerSecond:0} sequences/s, {state.TimeLeft.TotalSeconds:0.0} s left.");
        return line.ToString();
    }

    protected static string Count(long count, string noun, string ending = "s") => CountedNoun.Text(count, noun, ending);

    private void Report(TrainingState state, bool isEpochDone)
    {
        _options.Progress!.Report(new()
        {
            Epoch = state.Epoch,
            NumberOfEpochs = _options.NumberOfEpochs,
            Batch = state.Batch,
            NumberOfBatches = state.NumberOfBatches,
            Loss = state.Loss * LossUnit,
            ValidationLoss = state.ValidationLoss * LossUnit,
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
