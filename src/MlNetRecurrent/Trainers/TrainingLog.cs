using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Tells the world of a training, ML.NET's log and the user's <see cref="IProgress{T}"/>, and asks whether it shall go on.</summary>
internal sealed class TrainingLog(IHost host, IChannel channel, RecurrentOptions options)
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceProgress = new();
    private double _lossUnit = 1;

    public void ThrowIfCancelled()
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        CatalogEnvironment.ThrowIfCancelled(host);
    }

    public void DataRead(TrainingData data, SequenceColumn features, TaskOutputs outputs, NetworkDefinition definition)
    {
        _lossUnit = outputs.LossUnit;
        if (data.WithoutLabel > 0)
            channel.Warning(MessageSensitivity.None, "{0} rows have no label and are left out.", data.WithoutLabel);
        if (data.WithoutWeight > 0)
            channel.Info(MessageSensitivity.None, "{0} rows have the weight 0 and are left out.", data.WithoutWeight);
        channel.Info(
            MessageSensitivity.None, "Training on {0} sequences of {1} steps in all, {2} a step, {3} outputs, layers: {4}.", data.Sequences.Count, data.Sequences.Steps,
            features.HoldsTokens ? $"one of {features.Tokens - 1} tokens" : $"{features.Features} features", definition.Outputs, string.Join(", ", definition.Layers.Select(layer => $"{layer.Cell} {layer.Size}{(layer.Bidirectional ? " in both directions" : "")}")));
    }

    public void BatchDone(TrainingState state)
    {
        bool epochDone = state.Batch == state.NumberOfBatches;
        if (epochDone)
        {
            channel.Info(MessageSensitivity.None, "{0}", string.Create(
                CultureInfo.InvariantCulture,
                $"Epoch {state.Epoch}/{options.NumberOfEpochs}: loss {state.Loss * _lossUnit:0.0000}, gradient norm {state.GradientNorm:0.000}, learning rate {state.LearningRate:G3}, {state.SequencesPerSecond:0} sequences/s, {state.TimeLeft.TotalSeconds:0.0} s left."));
        }
        if (options.Progress is not null && (epochDone || !_sinceProgress.IsRunning || _sinceProgress.Elapsed >= _progressInterval))
        {
            options.Progress.Report(ProgressOf(state));
            _sinceProgress.Restart();
        }
        ThrowIfCancelled();
    }

    private TrainingProgress ProgressOf(TrainingState state) => new()
    {
        Epoch = state.Epoch,
        NumberOfEpochs = options.NumberOfEpochs,
        Batch = state.Batch,
        NumberOfBatches = state.NumberOfBatches,
        Loss = state.Loss * _lossUnit,
        GradientNorm = state.GradientNorm,
        LearningRate = state.LearningRate,
        SequencesPerSecond = state.SequencesPerSecond,
        Elapsed = state.Elapsed,
        TimeLeft = state.TimeLeft,
    };
}
