namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// A batch split into shards of sequences of about the same length, each in buffers of its own: workers on different shards touch no common
/// memory, which matters most where their cores have no common cache. The split depends on the batch and the network alone. Allocates only
/// when a batch is larger than all before.
/// </summary>
internal sealed class ShardedBatch<L>
    where L : unmanaged, IFloatLanes<L>
{
    public const int MostShards = 8;

    private readonly Network<L, float> _network;
    private readonly FeatureNormalization _normalization;
    private readonly TargetTransform _targets;
    private readonly WorkerTeam _team;
    private readonly List<Shard> _shards = [];
    private readonly LengthOrder _order = new();
    private readonly BatchShape _whole = new();
    private readonly Action<WorkSlice> _copy, _encodeWords, _backwardWords;
    private int[] _sorted = [];

    /// <param name="network">A network that is bound to its parameters.</param>
    /// <param name="normalization">The normalization of the features.</param>
    /// <param name="targets">The transform of the labels.</param>
    /// <param name="team">The workers.</param>
    public ShardedBatch(Network<L, float> network, FeatureNormalization normalization, TargetTransform targets, WorkerTeam team)
    {
        _targets = targets;
        _network = network;
        _normalization = normalization;
        _team = team;
        _copy = slice => ForEachPart(slice, static (shard, first, last) => shard.Batch.Copy(first, last));
        _encodeWords = EncodeWords;
        _backwardWords = BackwardWords;
    }

    /// <summary>Sequences of the batch.</summary>
    public int Count => _whole.Count;

    /// <summary>Rows of the outputs of all shards.</summary>
    public int OutputRows { get; private set; }

    /// <summary>Labels of the batch that are not missing.</summary>
    public int Targets { get; private set; }

    /// <summary>The shards of the batch, the one with the longest sequences first.</summary>
    public int NumberOfShards { get; private set; }

    public Shard this[int index] => _shards[index];

    /// <summary>Loads the sequences at the indices; the team copies.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, bool training) => Load(data, indices, TimeWindow.Whole, training);

    /// <summary>
    /// Loads the part of the sequences at the indices that lies in a window; the team copies. The shards are the same in all windows.
    /// </summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, TimeWindow window, bool training)
    {
        _order.Sort(data, indices);
        _whole.Set(_order.Lengths);
        if (_sorted.Length < indices.Length)
            _sorted = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
            _sorted[i] = indices[_order.Places[i]];
        NumberOfShards = CountFor(indices.Length);
        OutputRows = Targets = 0;
        for (int i = 0; i < NumberOfShards; i++)
        {
            if (i == _shards.Count)
                _shards.Add(new(i == 0 ? _network : _network.Replicate(), _normalization, _targets));
            (int first, int last) = _whole.SequencesOf(new(i, NumberOfShards));
            Shard shard = _shards[i];
            shard.First = first;
            shard.FirstOutputRow = OutputRows;
            shard.Batch.Prepare(data, _sorted.AsSpan(first, last - first), window, training);
            OutputRows += shard.Network.OutputShape.Rows;
            Targets += shard.Batch.Targets;
        }
        _team.Run(_copy);
    }

    /// <summary>When no token changes any more: finds the distinct words of each shard.</summary>
    public void CollectWords()
    {
        for (int i = 0; i < NumberOfShards; i++)
            _shards[i].Network.CollectWords();
    }

    /// <summary>Before the forward pass: the team computes the vectors of the distinct words.</summary>
    public void EncodeWords()
    {
        if (_network.Input.HasWords)
            _team.Run(_encodeWords);
    }

    /// <summary>After the backward pass: the team goes back through the distinct words.</summary>
    public void BackwardWords()
    {
        if (_network.Input.HasWords)
            _team.Run(_backwardWords);
    }

    /// <summary>The index of the sequence of a shard's row.</summary>
    public int IndexOf(Shard shard, int row, ReadOnlySpan<int> indices) => indices[_order.Places[shard.First + shard.Batch.Order[row]]];

    /// <summary>
    /// Runs an action on this worker's slice of the batch, shard by shard; the action gets a range of the shard's sequences.
    /// </summary>
    public void ForEachPart(WorkSlice slice, Action<Shard, int, int> work)
    {
        (int first, int last) = _whole.SequencesOf(slice);
        for (int i = 0; i < NumberOfShards; i++)
        {
            Shard shard = _shards[i];
            int from = Math.Max(first - shard.First, 0), to = Math.Min(last - shard.First, shard.Network.Shape.Count);
            if (from < to)
                work(shard, from, to);
        }
    }

    private void EncodeWords(WorkSlice slice)
    {
        for (int i = 0; i < NumberOfShards; i++)
            _shards[i].Network.EncodeWords(slice);
    }

    private void BackwardWords(WorkSlice slice)
    {
        for (int i = 0; i < NumberOfShards; i++)
            _shards[i].Network.BackwardWords(slice);
    }

    /// <summary>
    /// A shard has enough sequences to be worth the reading of the weights, which takes longer where they do not fit the cache.
    /// </summary>
    private int CountFor(int sequences)
    {
        const int parametersInCache = 1 << 17;
        int least = _network.ParameterCount > parametersInCache ? 32 : 16;
        return Math.Clamp(sequences / least, 1, MostShards);
    }

    /// <summary>A part of the batch.</summary>
    internal sealed class Shard(Network<L, float> network, FeatureNormalization normalization, TargetTransform targets)
    {
        public Network<L, float> Network { get; } = network;

        public BatchLoader<L> Batch { get; } = new(network, normalization, targets);

        /// <summary>The place of the first sequence in the batch, longest first.</summary>
        public int First { get; set; }

        /// <summary>The place of its first output among those of the batch.</summary>
        public int FirstOutputRow { get; set; }
    }
}
