using System.Diagnostics;
using System.Globalization;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Epochs of shuffled batches: forward, loss, backward, clip, step.</summary>
internal sealed class TrainingLoop<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly SequenceSet _data;
    private readonly TrainingSettings _settings;
    private readonly Action<TrainingState> _report;
    private readonly TrainingStep<L> _step;
    private readonly int[] _order;
    private readonly double _meanWeight;
    private readonly Stopwatch _clock = new();

    /// <param name="network">A network that is bound to its parameters for training.</param>
    /// <param name="data">The sequences. Their weights are relative: they are scaled to a mean of 1.</param>
    /// <param name="normalization">What is done to their features.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="team">Who works.</param>
    /// <param name="report">Called after every batch. It may throw to end the training.</param>
    public TrainingLoop(
        Network<L, float> network, SequenceSet data, FeatureNormalization normalization, TrainingSettings settings, WorkerTeam team, Action<TrainingState> report)
    {
        _data = data;
        _settings = settings;
        _report = report;
        _step = new(network, normalization, team, settings);
        _order = new int[data.Count];
        _meanWeight = data.TotalWeight / data.Targets;
    }

    /// <summary>Trains all epochs and returns the state after the last batch.</summary>
    /// <exception cref="InvalidOperationException">The loss is no longer a finite number.</exception>
    public TrainingState Run()
    {
        _clock.Start();
        TrainingState state = default;
        for (int epoch = 1; epoch <= _settings.NumberOfEpochs; epoch++)
        {
            state = RunEpoch(epoch);
            ThrowIfDiverged(state.Loss, _step.WeightNorm(), epoch, state.Batch);
        }
        // The last batch's step is followed by no batch that would show what it did.
        ThrowIfDiverged(_step.Look(), _step.WeightNorm(), state.Epoch, state.Batch);
        return state;
    }

    private TrainingState RunEpoch(int epoch)
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        new Random(SeedSequence.Derive(_settings.Seed, SeedSequence.Shuffle, epoch)).Shuffle(_order);
        int batches = (_data.Count + _settings.BatchSize - 1) / _settings.BatchSize;
        double loss = 0, norm = 0;
        long targets = 0;
        TrainingState state = default;
        for (int batch = 0; batch < batches; batch++)
        {
            int start = batch * _settings.BatchSize, count = Math.Min(_settings.BatchSize, _data.Count - start);
            double rate = _settings.LearningRate * _settings.Course.Factor((epoch - 1 + (double)batch / batches) / _settings.NumberOfEpochs);
            (double batchLoss, double batchNorm) = Step(_order.AsSpan(start, count), rate);
            ThrowIfDiverged(batchLoss, batchNorm, epoch, batch + 1);
            loss += batchLoss;
            norm += batchNorm;
            targets += _step.Targets;
            state = State(epoch, batch + 1, batches, start + count) with { Loss = loss / targets, GradientNorm = norm / (batch + 1), LearningRate = rate };
            _report(state);
        }
        return state;
    }

    /// <summary>One batch: returns the sum of its losses and the norm of its gradient.</summary>
    private (double Loss, double Norm) Step(ReadOnlySpan<int> indices, double learningRate)
    {
        _step.Load(_data, indices);
        (double loss, double norm) = _step.Run(1 / (_meanWeight * _step.Targets), learningRate);
        return (loss / _meanWeight, norm);
    }

    private TrainingState State(int epoch, int batch, int batches, int sequences)
    {
        TimeSpan elapsed = _clock.Elapsed;
        double done = epoch - 1 + (double)batch / batches;
        return new()
        {
            Epoch = epoch,
            Batch = batch,
            NumberOfBatches = batches,
            Elapsed = elapsed,
            TimeLeft = elapsed * ((_settings.NumberOfEpochs - done) / done),
            SequencesPerSecond = ((epoch - 1.0) * _data.Count + sequences) / Math.Max(elapsed.TotalSeconds, 1e-9),
        };
    }

    private void ThrowIfDiverged(double loss, double norm, int epoch, int batch)
    {
        if (double.IsFinite(loss) && double.IsFinite(norm))
            return;
        throw new InvalidOperationException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged in epoch {epoch}, batch {batch}: the loss is {loss:G4}, the norm of the gradient or of the weights {norm:G4}. " +
                $"Try a learning rate below {_settings.LearningRate:G4}, {(_settings.GradientClipNorm > 0 ? $"a gradient clip norm below {_settings.GradientClipNorm:G4}" : "a gradient clip norm, such as 1")}{(_settings.Optimizer.WeightDecay > 0 ? ", a smaller weight decay" : "")}, normalised or smaller features, or, where examples have weights or classes are balanced, weights that differ less."));
    }
}
