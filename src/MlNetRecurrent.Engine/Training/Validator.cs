namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Evaluates the current weights on the sequences that are set aside. The result does not depend on the number of workers.
/// </summary>
internal sealed class Validator<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Network<L, float> _network;
    private readonly ShardedBatch<L> _batch;
    private readonly WorkerTeam _team;
    private readonly TrainingJob _job;
    private readonly int _atATime;
    private readonly ScoringMemory _memory;
    private readonly double _mostNumbers;
    private readonly Action<WorkSlice> _computeLoss;
    private double[] _losses = [];
    private float[] _predictions = [];

    /// <summary>The first row of the predictions for each sequence of the batch.</summary>
    private int[] _places = [];

    /// <param name="job">The training.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="team">The workers.</param>
    /// <param name="usualNumbers">The memory, in numbers, that validation may always take.</param>
    public Validator(TrainingJob job, Parameters<float> parameters, WorkerTeam team, long usualNumbers = ScoringMemory.Usual)
    {
        _job = job;
        _team = team;
        _network = new(job.Definition);
        _network.Bind(parameters, training: false);
        _batch = new(_network, job.Normalization, job.Targets, team);
        _atATime = Math.Max(64, job.Settings.BatchSize);
        _memory = new(job.Definition);
        // The memory of a training batch is available to the validation, too.
        int batchSize = Math.Min(job.Settings.BatchSize, job.Statistics.Count);
        _mostNumbers = Math.Max(usualNumbers, batchSize * _memory.OfSequence((double)job.Statistics.Steps / job.Statistics.Count));
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
        _batch.CollectWords();
        _batch.EncodeWords();
        MakeRoom();
        _team.Run(_computeLoss);
        for (int shard = 0; shard < _batch.NumberOfShards; shard++)
        {
            foreach (float weightOfLabel in _batch[shard].Batch.Weights)
                weight += weightOfLabel;
        }
        for (int row = 0; row < _batch.OutputRows; row++)
            loss += _losses[row];
        TellMetrics(sequences, indices);
        _job.Observer.Working();
    }

    private void MakeRoom()
    {
        if (_losses.Length < _batch.OutputRows)
            _losses = new double[_batch.OutputRows];
        if (_job.Metrics is null)
            return;
        if (_predictions.Length < checked(_batch.OutputRows * PredictionSize))
            _predictions = new float[_batch.OutputRows * PredictionSize];
        if (_places.Length < _batch.Count)
            _places = new int[_batch.Count];
        int next = 0;
        for (int i = 0; i < _batch.NumberOfShards; i++)
        {
            for (int sequence = 0; sequence < _batch[i].Network.Shape.Count; sequence++)
            {
                _places[_batch[i].First + sequence] = next;
                next += _batch[i].Network.OutputShape.Lengths[sequence];
            }
        }
    }

    private void ComputeLoss(ShardedBatch<L>.Shard shard, int first, int last)
    {
        Network<L, float> network = shard.Network;
        network.Forward(first, last);
        for (int sequence = first; sequence < last && _job.Metrics is not null; sequence++)
            network.Predict(sequence, PredictionsOf(shard, sequence));
        network.ComputeLoss(shard.Batch.Labels, shard.Batch.Weights, 0, _losses.AsSpan(shard.FirstOutputRow), first, last);
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
    private void TellMetrics(ShardedBatch<L>.Shard shard, int sequence, ReadOnlySpan<float> labels) =>
        _job.Metrics!.Add(labels, PredictionsOf(shard, sequence)[..(labels.Length / _network.Head.LabelSize * PredictionSize)]);

    private int PredictionSize => _network.Head.PredictionSize;

    /// <summary>The predictions for a sequence of a shard, row after row.</summary>
    private Span<float> PredictionsOf(ShardedBatch<L>.Shard shard, int sequence)
    {
        int start = _places[shard.First + sequence], rows = shard.Network.OutputShape.Lengths[sequence];
        return _predictions.AsSpan(start * PredictionSize, rows * PredictionSize);
    }
}
