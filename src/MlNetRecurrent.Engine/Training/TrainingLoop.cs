using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// The loop over epochs of shuffled batches, with validation after each epoch. It keeps the best weights and writes the checkpoints.
/// </summary>
internal sealed class TrainingLoop<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly TrainingJob _job;
    private readonly TrainingSettings _settings;
    private readonly TrainingStep<L> _step;
    private readonly Parameters<float> _parameters;
    private readonly Validator<L>? _validator;
    private readonly Checkpoint? _checkpoint;
    private readonly DivergenceCheck _divergence;
    private readonly int[] _order;
    private readonly int _poolSize, _numberOfBatches;
    private readonly TrainingClock _clock = new();
    private TrainingPosition _position = new();
    private Parameters<float>? _best;
    private double _rate, _lastBatchLoss;

    /// <param name="network">A network that is bound to its parameters for training.</param>
    /// <param name="job">The training.</param>
    /// <param name="team">The workers.</param>
    public TrainingLoop(Network<L, float> network, TrainingJob job, WorkerTeam team)
    {
        _job = job;
        _settings = job.Settings;
        _parameters = network.Parameters;
        _step = new(network, job.Normalization, job.Targets, team, _settings);
        if (job.Data.CountOf(DataPart.Validation) > 0)
            _validator = new(job, network.Parameters, team);
        _divergence = new(job);
        if (_settings.TruncatedSteps > 0 && !job.Definition.CanBeCut)
            throw new ArgumentException("The layers of this network do not let sequences be cut into windows.", nameof(job));
        if (_settings.LabelSmoothing > 0 && !job.Definition.Head.CanSmooth)
            throw new ArgumentException($"The loss {job.Definition.Head} has no label smoothing.", nameof(job));
        _checkpoint = _settings.Checkpoint is null ? null : new(_settings.Checkpoint, _settings.Seed);
        // A pool is a whole number of batches. Its size then only decides which sequences a batch holds, not how many.
        int batchSize = _settings.BatchSize, count = job.Statistics.Count;
        _numberOfBatches = (count - 1) / batchSize + 1;
        int pool = _settings.ShufflePoolSize;
        _poolSize = pool == 0 || pool >= count ? count : ((pool - 1) / batchSize + 1) * batchSize;
        _order = new int[Math.Min(_poolSize, count)];
    }

    /// <summary>Whether the weights of the best epoch are kept, which needs a loss to compare epochs by.</summary>
    private bool KeepsBest => _validator is not null || _settings.Schedule == RateSchedule.HalveOnPlateau;

    private bool IsOver => _position.Epochs >= _settings.NumberOfEpochs
        || (_settings.EarlyStoppingPatience > 0 && _position.BestEpoch > 0
            && _position.Epochs - Math.Max(_position.BestEpoch, _settings.EpochsBeforePatience) >= _settings.EarlyStoppingPatience);

    /// <summary>Trains the network, in place.</summary>
    /// <returns>The final state, and whether the training was cancelled.</returns>
    /// <exception cref="InvalidOperationException">The training diverged, or the checkpoint is of another training.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written, or another training has it.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public (TrainingState Last, bool IsCancelled) Run()
    {
        using IDisposable? mine = _checkpoint?.Lock();
        Resume();
        _clock.Start();
        bool isCancelled = false;
        try
        {
            while (!IsOver)
            {
                RunEpoch();
                EndEpoch();
            }
        }
        catch (OperationCanceledException) when (_step.Optimizer.Steps > 0)
        {
            WriteCheckpoint();
            if (!_settings.KeepsModelWhenCancelled)
                throw;
            isCancelled = true;
        }
        if (_best is not null)
            _best.Values.Span.CopyTo(_parameters.Values.Span);
        return (StateAfterEpoch(), isCancelled);
    }

    private void RunEpoch()
    {
        int epoch = _position.Epochs + 1, batch = 0;
        var random = new Random(SeedSequence.Derive(_settings.Seed, SeedSequence.Shuffle, epoch));
        if (_validator is not null && _position.Epochs > 0)
            _step.NoiseFactor = Math.Min(1, _job.Definition.Head.RelativeError(_position.LastLoss));
        foreach ((SequenceSet sequences, ReadOnlyMemory<int> indices) in _job.Data.Read(DataPart.Training, _poolSize))
        {
            Span<int> order = _order.AsSpan(0, indices.Length);
            indices.Span.CopyTo(order);
            random.Shuffle(order);
            for (int start = 0; start < order.Length; start += _settings.BatchSize, batch++)
            {
                if (batch >= _position.Batch)
                    RunBatch(sequences, order.Slice(start, Math.Min(_settings.BatchSize, order.Length - start)));
            }
        }
    }

    private void RunBatch(SequenceSet sequences, ReadOnlySpan<int> indices)
    {
        double done = (_position.Epochs + (double)_position.Batch / _numberOfBatches) / _settings.NumberOfEpochs;
        _rate = _settings.LearningRate * _settings.Schedule.Factor(done) * _position.RateFactor;
        int windows = 1, steps = 0;
        foreach (int index in indices)
            windows = Math.Max(windows, TimeWindow.CountFor(sequences.Length(index), _settings.TruncatedSteps));
        double norms = 0;
        for (int left = windows - 1; left >= 0; left--)
        {
            _step.Load(sequences, indices, new(_settings.TruncatedSteps, left), isFirst: left == windows - 1);
            if (_step.Targets == 0)
            {
                _step.ForwardOnly();
                continue;
            }
            (double loss, double norm) = _step.Run(1 / (_job.Statistics.MeanWeight * _step.Targets), _rate);
            _divergence.ThrowIfNotFinite(loss, norm, _position.Epochs + 1, _position.Batch + 1);
            _position.Loss += loss / _job.Statistics.MeanWeight;
            _lastBatchLoss = loss / (_job.Statistics.MeanWeight * _step.Targets);
            _position.Targets += _step.Targets;
            norms += norm;
            steps++;
        }
        if (_position is { Epochs: 0, Batch: 0 } && steps > 0)
            _position.FirstLoss = _position.Loss / _position.Targets;
        _position.Batch++;
        if (steps > 0)
            _position.Norm += norms / steps;
        _clock.AddBatch(indices.Length);
        if (_checkpoint is { IsDueWithinEpoch: true } && _position.Batch < _numberOfBatches)
            WriteCheckpoint();
        _job.Observer.BatchDone(State());
    }

    private void EndEpoch()
    {
        double loss = _position.Loss / _position.Targets;
        _divergence.ThrowIfDiverged(loss, _step.WeightNorm(), _position.Epochs + 1, _position.Batch);
        if (!KeepsBest && _position.Epochs + 1 == _settings.NumberOfEpochs && _clock.Sequences > 0 && _step.Targets > 0)
        {
            double lossAfter = _step.ComputeLoss() / (_job.Statistics.MeanWeight * _step.Targets);
            _divergence.ThrowIfLastStepDiverged(_lastBatchLoss, lossAfter, _step.WeightNorm(), _position.Epochs + 1, _position.Batch);
        }
        double? validation = _validator?.Run();
        if (validation is { } found)
            DivergenceCheck.ThrowIfNothingIsSaid(found, _position.Epochs + 1);
        _position.LastLoss = loss;
        _position.LastValidationLoss = validation;
        if (KeepsBest)
            Judge(validation ?? loss);
        TrainingState state = State();
        _position.History.Add(Record(state, validation));
        _position.NextEpoch();
        if (_checkpoint is { IsDueAfterEpoch: true } || (_checkpoint is not null && IsOver))
            WriteCheckpoint();
        _job.Observer.EpochDone(state with
        {
            ValidationLoss = _position.LastValidationLoss,
            BestEpoch = _position.BestEpoch,
            BestLoss = _position.BestLoss,
            TimeLeft = IsOver ? TimeSpan.Zero : state.TimeLeft,
            IsOver = IsOver,
        });
    }

    private EpochRecord Record(TrainingState state, double? validation)
    {
        IReadOnlyList<KeyValuePair<string, double>> metrics = _job.Metrics is { } found && validation is not null ? found.Values : [];
        return new()
        {
            Loss = state.Loss,
            ValidationLoss = validation,
            ValidationMetrics = [.. metrics.Select(metric => new KeyValuePair<string, double?>(
                metric.Key, double.IsFinite(metric.Value) ? metric.Value : null))],
            LearningRate = state.LearningRate,
            GradientNorm = state.GradientNorm,
            Seconds = _clock.EndEpoch().TotalSeconds,
        };
    }

    /// <summary>
    /// Keeps the weights of the best epoch so far. After an epoch that is not better, the schedule may halve the learning rate and go back
    /// to the best weights.
    /// </summary>
    private void Judge(double loss)
    {
        if (loss < _position.BestLoss)
        {
            _position.BestLoss = loss;
            _position.BestEpoch = _position.Epochs + 1;
            _best ??= new(_parameters.Values.Length);
            _parameters.Values.Span.CopyTo(_best.Values.Span);
        }
        else if (_settings.Schedule == RateSchedule.HalveOnPlateau)
        {
            _position.RateFactor /= 2;
            _best!.Values.Span.CopyTo(_parameters.Values.Span);
        }
    }

    private void Resume()
    {
        if (_checkpoint?.TryRead(Limits(), _parameters, _step.Optimizer, ref _best) is not { } position)
            return;
        if (position.Epochs > _settings.NumberOfEpochs)
        {
            throw new InvalidOperationException(
                $"The checkpoint '{_settings.Checkpoint!.Path}' has {position.Epochs} epochs behind it, "
                + $"more than the {_settings.NumberOfEpochs} that are wanted. Delete the file to begin anew, or name another.");
        }
        _position = position;
        _step.Optimizer.Steps = position.Steps;
        if (IsOver)
        {
            // The metrics of the last epoch are not in the checkpoint; its weights are, unless those of the best epoch took their place.
            if (_settings.Schedule != RateSchedule.HalveOnPlateau)
                _validator?.Run();
            _job.Observer.WasOver(StateAfterEpoch());
        }
        else
            _job.Observer.Resumed(position.Epochs + 1, position.Batch);
    }

    private PositionLimits Limits()
    {
        DataStatistics data = _job.Statistics;
        bool mayLackLabels = _job.Definition.EveryStep;
        long mostSteps = mayLackLabels && _settings.TruncatedSteps > 0 ? data.Steps : 1;
        return new(
            _numberOfBatches, mostSteps, mayLackLabels ? 0 : 1, data.Targets, KeepsBest,
            _settings.Schedule == RateSchedule.HalveOnPlateau);
    }

    private void WriteCheckpoint()
    {
        if (_checkpoint is null)
            return;
        _position.Steps = _step.Optimizer.Steps;
        try
        {
            _checkpoint.Write(_position, _parameters, _best, _step.Optimizer);
        }
        catch (Exception e) when (CheckpointFile.IsOfFileSystem(e))
        {
            // The trained weights are worth more than the file.
            _job.Observer.CheckpointFailed(e);
        }
    }

    private TrainingState State()
    {
        TimeSpan elapsed = _clock.Elapsed;
        double count = _job.Statistics.Count;
        double left = (_settings.NumberOfEpochs - _position.Epochs) * count - (double)_position.Batch / _numberOfBatches * count;
        return new()
        {
            Epoch = _position.Epochs + 1,
            Batch = _position.Batch,
            NumberOfBatches = _numberOfBatches,
            Loss = _position.Loss / _position.Targets,
            FirstLoss = _position.FirstLoss,
            ValidationLoss = _position.LastValidationLoss,
            BestEpoch = _position.BestEpoch,
            BestLoss = _position.BestLoss,
            History = _position.History,
            GradientNorm = _position.Norm / Math.Max(1, _position.Batch),
            LearningRate = _rate,
            Elapsed = elapsed,
            TimeLeft = _clock.TimeFor(left, elapsed),
            SequencesPerSecond = _clock.Sequences / Math.Max(elapsed.TotalSeconds, 1e-9),
        };
    }

    /// <summary>The state after the last finished epoch, or in the first if none is finished.</summary>
    private TrainingState StateAfterEpoch() => _position.Epochs == 0 ? State() : State() with
    {
        Epoch = _position.Epochs,
        Batch = _numberOfBatches,
        Loss = _position.LastLoss,
        IsOver = IsOver,
    };
}
