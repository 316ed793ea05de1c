using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Looks at the sequences that are set aside, with the weights as they are. What it finds does not depend on the number of workers.</summary>
internal sealed class Validator<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Network<L, float> _network;
    private readonly ShardedBatch<L> _batch;
    private readonly WorkerTeam _team;
    private readonly Head<float> _head;
    private readonly TrainingJob _job;
    private readonly int _atATime;
    private readonly ScoringMemory _memory;
    private readonly double _mostNumbers;
    private readonly Action<WorkSlice> _computeLoss;
    private double[] _losses = [];
    private float[] _predictions = [], _ofSequence = [];

    /// <param name="job">The training.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="team">Who works.</param>
    /// <param name="usualNumbers">Numbers that are always taken together.</param>
    public Validator(TrainingJob job, Parameters<float> parameters, WorkerTeam team, long usualNumbers = ScoringMemory.Usual)
    {
        _job = job;
        _team = team;
        _network = new(job.Definition);
        _network.Bind(parameters, training: false);
        _batch = new(_network, job.Normalization, job.Targets, team);
        _head = job.Definition.Head.Create<float>();
        _atATime = Math.Max(64, job.Settings.BatchSize);
        _memory = new(job.Definition);
        // As much memory as a batch of the training needs is there.
        int batchSize = Math.Min(job.Settings.BatchSize, job.Statistics.Count);
        _mostNumbers = Math.Max(usualNumbers, _memory.Of(batchSize, (double)job.Statistics.Steps / job.Statistics.Count * batchSize));
        _computeLoss = slice => _batch.ForEachPart(slice, ComputeLoss);
    }

    /// <summary>The mean loss, weighted as in the training but without smoothing.</summary>
    public double Run()
    {
        _job.Metrics?.Clear();
        double loss = 0, weight = 0;
        foreach ((SequenceSet sequences, ReadOnlyMemory<int> indices) in _job.Data.Read(DataPart.Validation, _atATime))
        {
            for (int start = 0, count; start < indices.Length; start += count)
            {
                count = _memory.CountTogether(sequences, indices.Span[start..], _mostNumbers);
                Run(sequences, indices.Span.Slice(start, count), ref loss, ref weight);
            }
        }
        return loss / weight;
    }

    private void Run(SequenceSet sequences, ReadOnlySpan<int> indices, ref double loss, ref double weight)
    {
        _batch.Load(sequences, indices, training: false);
        MakeRoom();
        _team.Run(_computeLoss);
        for (int shard = 0; shard < _batch.NumberOfShards; shard++)
        {
            foreach (float weightOfRow in _batch[shard].Batch.Weights)
                weight += weightOfRow;
        }
        for (int row = 0; row < _batch.OutputRows; row++)
            loss += _losses[row];
        TellMetrics(sequences, indices);
        _job.Observer.Working();
    }

    private void MakeRoom()
    {
        if (_losses.Length >= _batch.OutputRows)
            return;
        _losses = new double[_batch.OutputRows];
        if (_job.Metrics is not null)
            _predictions = new float[checked(_batch.OutputRows * _network.Definition.Outputs)];
    }

    private void ComputeLoss(ShardedBatch<L>.Shard shard, int first, int last)
    {
        int outputs = _network.Definition.Outputs;
        shard.Network.Forward(first, last);
        foreach ((int start, int end) in shard.Network.OutputRowsOf(first, last))
        {
            for (int row = start; row < end && _job.Metrics is not null; row++)
                _head.Predict(shard.Network.Outputs, row, _predictions.AsSpan((shard.FirstOutputRow + row) * outputs, outputs));
            _head.Backward(shard.Network.Outputs, outputs, shard.Batch.Labels, shard.Batch.Weights, 0, _losses.AsSpan(shard.FirstOutputRow), start, end);
        }
    }

    private void TellMetrics(SequenceSet sequences, ReadOnlySpan<int> indices)
    {
        if (_job.Metrics is null)
            return;
        for (int i = 0; i < _batch.NumberOfShards; i++)
        {
            ShardedBatch<L>.Shard shard = _batch[i];
            for (int row = 0; row < shard.Network.Shape.Count; row++)
                TellMetrics(shard, row, sequences.Labels(_batch.IndexOf(shard, row, indices)));
        }
    }

    private void TellMetrics(ShardedBatch<L>.Shard shard, int row, ReadOnlySpan<float> labels)
    {
        int outputs = _network.Definition.Outputs;
        if (_ofSequence.Length < labels.Length * outputs)
            _ofSequence = new float[labels.Length * outputs];
        for (int t = 0; t < labels.Length; t++)
        {
            int output = shard.FirstOutputRow + (_network.Definition.EveryStep ? shard.Network.Shape.Row(t, row) : row);
            _predictions.AsSpan(output * outputs, outputs).CopyTo(_ofSequence.AsSpan(t * outputs));
        }
        _job.Metrics!.Add(labels, _ofSequence.AsSpan(0, labels.Length * outputs));
    }
}
