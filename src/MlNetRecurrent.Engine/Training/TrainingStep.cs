using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// The work on each batch: forward, loss, backward, clipping, and a step of the optimizer. It allocates nothing. The workers share the
/// shards of the batch, or the sequences in them, and then the parameters for the sum over the shards, so that the result does not depend
/// on the number of workers.
/// </summary>
internal sealed unsafe class TrainingStep<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Network<L, float> _network;
    private readonly ShardedBatch<L> _batch;
    private readonly WorkerTeam _team;
    private readonly double _clipNorm;
    private readonly Optimizer<L, float> _optimizer;
    private readonly Action<WorkSlice> _refreshTransposed, _passes, _accumulate, _sum, _update;
    private readonly Action<ShardedBatch<L>.Shard, int, int> _passesOfPart;
    private readonly Action<WorkSlice> _computeLoss, _forwardOnly;
    private int _window;
    private readonly WeightNoise? _noise;
    private readonly TokenDropout?[] _tokenDropouts;
    private readonly Action<WorkSlice> _addNoise, _removeNoise;
    private readonly int _seed;

    /// <summary>The learning rate at which the noise has its full strength; 0 where it does not decay.</summary>
    private readonly double _largestRate;

    /// <summary>The weights that do not change, in the order in which they lie.</summary>
    private readonly (nint Start, nint End)[] _frozen;

    private double[] _losses = [];
    private double _scale, _clip;

    /// <param name="network">A network that is bound to its parameters for training.</param>
    /// <param name="normalization">The normalization of the features.</param>
    /// <param name="targets">The transform of the labels.</param>
    /// <param name="team">The workers.</param>
    /// <param name="settings">The settings of the training.</param>
    public TrainingStep(
        Network<L, float> network, FeatureNormalization normalization, TargetTransform targets, WorkerTeam team, TrainingSettings settings)
    {
        _network = network;
        _batch = new(network, normalization, targets, team);
        _team = team;
        _clipNorm = settings.GradientClipNorm;
        _seed = settings.Seed;
        _largestRate = settings.NoiseFalls ? settings.LearningRate : 0;
        network.Head.Smoothing = settings.LabelSmoothing;
        _optimizer = settings.Optimizer.Create<L, float>(network.ParameterCount);
        _frozen = [.. network.Parts.Where(part => settings.FrozenParts.Contains(part.Name)).Select(part => (part.Start, part.End))];
        if (settings.WeightNoise > 0)
        {
            IEnumerable<ParameterTensor> noisy = network.Tensors.Where(
                tensor => (!settings.NoiseSparesEmbedding || !tensor.Name.StartsWith("embedding", StringComparison.Ordinal))
                    && !settings.FrozenParts.Any(part => tensor.Name.StartsWith(part + ".", StringComparison.Ordinal)));
            _noise = new(network.Parameters, noisy, settings.WeightNoise, settings.Seed);
        }
        _tokenDropouts = [.. network.Input.Fields.Select((field, i) => CreateDropout(settings, field, i))];
        _addNoise = slice => _noise?.Add(_optimizer.Steps, slice);
        _removeNoise = slice => _noise?.Remove(slice);
        _refreshTransposed = network.RefreshTransposed;
        _passes = Passes;
        _passesOfPart = PassesOfPart;
        _forwardOnly = slice => _batch.ForEachPart(slice, static (shard, first, last) => shard.Network.Forward(first, last));
        _computeLoss = slice => _batch.ForEachPart(slice, ComputeLoss);
        _accumulate = Accumulate;
        _sum = Sum;
        _update = Update;
    }

    /// <summary>The optimizer, with its state.</summary>
    public Optimizer<L, float> Optimizer => _optimizer;

    /// <summary>The factor of the noise, where it decays.</summary>
    public double NoiseFactor { get; set; } = 1;

    /// <summary>Labels of the batch that was loaded.</summary>
    public int Targets => _batch.Targets;

    /// <summary>Takes the sequences at the indices as the next batch.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices) => _batch.Load(data, indices, training: true);

    /// <summary>
    /// Takes a window of the sequences at the indices as the next batch. They start from their states at the end of the window before.
    /// </summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, TimeWindow window, bool isFirst)
    {
        for (int i = 0; i < _batch.NumberOfShards && !isFirst; i++)
            _batch[i].Network.KeepStates();
        _batch.Load(data, indices, window, training: true);
        for (int i = 0; i < _batch.NumberOfShards && !isFirst; i++)
            _batch[i].Network.RestoreStates();
        _window = window.Left;
    }

    /// <summary>Runs only the forward pass of a window that has no labels.</summary>
    public void ForwardOnly()
    {
        SeedNetworks();
        _batch.EncodeWords();
        _team.Run(_forwardOnly);
    }

    /// <summary>Learns from the batch that was loaded. Weights do not change where the gradient is not finite.</summary>
    /// <param name="scale">Factor of the gradient, usually one over the targets.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <returns>The sum of the losses, and the norm of the gradient before clipping.</returns>
    public (double Loss, double Norm) Run(double scale, double learningRate)
    {
        int rows = _batch.OutputRows;
        if (_losses.Length < rows)
            _losses = new double[rows];
        _scale = scale;
        SeedNetworks();
        if (_noise is not null && _largestRate > 0)
            _noise.Strength = learningRate / _largestRate * NoiseFactor;
        if (_noise is not null)
            _team.Run(_addNoise);
        _team.Run(_refreshTransposed);
        _batch.EncodeWords();
        _team.Run(_passes);
        _batch.BackwardWords();
        if (!WorkersHaveWholeShards)
            _team.Run(_accumulate);
        if (_noise is not null)
            _team.Run(_removeNoise);
        _team.Run(_sum);
        foreach ((nint start, nint end) in _frozen)
            FlatVector<L, float>.Clear(_network.Gradients.Pointer + start, end - start);
        double norm = Math.Sqrt(FlatVector<L, float>.SumOfSquares(_network.Gradients.Pointer, _network.Gradients.Length));
        _clip = _clipNorm > 0 && norm > _clipNorm ? _clipNorm / norm : 1;
        if (double.IsFinite(norm))
        {
            _optimizer.NextStep(learningRate);
            _team.Run(_update);
        }
        return (SumOfLosses(), norm);
    }

    /// <summary>The sum of the losses of the batch that was loaded, with the weights as they are now.</summary>
    public double ComputeLoss()
    {
        _batch.EncodeWords();
        _team.Run(_computeLoss);
        return SumOfLosses();
    }

    /// <summary>The norm of all weights, which is finite unless the training has diverged.</summary>
    public double WeightNorm() =>
        Math.Sqrt(FlatVector<L, float>.SumOfSquares(_network.Parameters.Values.Pointer, _network.Parameters.Values.Length));

    /// <summary>Random numbers differ for each step, each shard and each window. Words are distinct after tokens were dropped.</summary>
    private void SeedNetworks()
    {
        for (int i = 0; i < _batch.NumberOfShards; i++)
        {
            int seed = SeedSequence.Derive(_seed, SeedSequence.Dropout, _optimizer.Steps * ShardedBatch<L>.MostShards + i);
            if (_window > 0)
                seed = SeedSequence.Derive(seed, SeedSequence.Dropout, _window);
            Network<L, float> network = _batch[i].Network;
            network.Seed = seed;
            DropTokens(network.Input, network.Shape, seed);
        }
        _batch.CollectWords();
    }

    private static TokenDropout? CreateDropout(TrainingSettings settings, InputField field, int index) =>
        !field.HasTokens ? null
        : settings.RareTokenDropout > 0
            ? new(settings.TokenDropout, settings.RareTokenDropout, settings.TokenCounts[index], field.Tokens)
        : settings.TokenDropout > 0 ? new(settings.TokenDropout)
        : null;

    private void DropTokens(InputModule<L, float> input, BatchShape shape, int seed)
    {
        int ofTokens = 0;
        for (int i = 0; i < _tokenDropouts.Length; i++)
        {
            if (!input.Fields[i].HasTokens)
                continue;
            int ofField = SeedSequence.Derive(seed, SeedSequence.Tokens, ofTokens++);
            if (input.Fields[i].IsStatic)
                _tokenDropouts[i]?.ApplyToSequences(input.Tokens[i], shape, ofField);
            else
                _tokenDropouts[i]?.Apply(input.Tokens[i].AsSpan(0, shape.Rows * input.Fields[i].Width), ofField);
        }
    }

    /// <summary>
    /// Whether each worker has whole shards. It then computes the gradients of a shard while the activations are in its cache.
    /// </summary>
    private bool WorkersHaveWholeShards => _batch.NumberOfShards % _team.Count == 0;

    private void Passes(WorkSlice slice)
    {
        (nint start, nint end) = RangeOf(slice, 0, _network.EmbeddingParameterCount);
        FlatVector<L, float>.Clear(_network.Gradients.Pointer + start, end - start);
        if (!WorkersHaveWholeShards)
        {
            _batch.ForEachPart(slice, _passesOfPart);
            for (int i = 0; i < _batch.NumberOfShards; i++)
                ClearLayers(_batch[i].Network, slice);
            return;
        }
        (int first, int last) = slice.Of(_batch.NumberOfShards);
        for (int i = first; i < last; i++)
        {
            PassesOfPart(_batch[i], 0, _batch[i].Network.Shape.Count);
            ClearLayers(_batch[i].Network, WorkSlice.Whole);
            _batch[i].Network.AccumulateGradients(WorkSlice.Whole);
        }
    }

    private void PassesOfPart(ShardedBatch<L>.Shard shard, int first, int last)
    {
        ComputeLoss(shard, first, last);
        shard.Network.Backward(first, last);
    }

    /// <summary>The losses of some sequences, and the gradients of their outputs.</summary>
    private void ComputeLoss(ShardedBatch<L>.Shard shard, int first, int last)
    {
        shard.Network.Forward(first, last);
        shard.Network.ComputeLoss(shard.Batch.Labels, shard.Batch.Weights, _scale, _losses.AsSpan(shard.FirstOutputRow), first, last);
    }

    private double SumOfLosses()
    {
        double loss = 0;
        for (int row = 0; row < _batch.OutputRows; row++)
            loss += _losses[row];
        return loss;
    }

    private void Accumulate(WorkSlice slice)
    {
        for (int i = 0; i < _batch.NumberOfShards; i++)
            _batch[i].Network.AccumulateGradients(slice);
    }

    /// <summary>The gradient of the batch: the sum of those of the shards, always in the same order.</summary>
    private void Sum(WorkSlice slice)
    {
        (nint start, nint end) = RangeOf(slice, _network.EmbeddingParameterCount, _network.ParameterCount);
        for (int i = 0; i < _batch.NumberOfShards; i++)
        {
            if (i > 0)
                FlatVector<L, float>.Add(_batch[i].Network.Gradients.Pointer + start, _network.Gradients.Pointer + start, end - start);
            _batch[i].Network.AccumulateEmbeddingGradients(slice);
        }
    }

    private void Update(WorkSlice slice)
    {
        (nint start, nint end) = RangeOf(slice, 0, _network.ParameterCount);
        foreach ((nint frozen, nint after) in _frozen)
        {
            if (after <= start || frozen >= end)
                continue;
            Update(start, frozen);
            start = after;
        }
        Update(start, end);
    }

    private void Update(nint start, nint end)
    {
        if (start < end)
            _optimizer.Update(_network.Parameters.Values.Pointer, _network.Gradients.Pointer, _clip, start, end);
    }

    private static void ClearLayers(Network<L, float> network, WorkSlice slice)
    {
        (nint start, nint end) = RangeOf(slice, network.EmbeddingParameterCount, network.ParameterCount);
        FlatVector<L, float>.Clear(network.Gradients.Pointer + start, end - start);
    }

    /// <summary>A worker's slice of a range of parameters, in whole blocks.</summary>
    private static (nint Start, nint End) RangeOf(WorkSlice slice, nint start, nint end)
    {
        (int first, int last) = slice.Of((int)((end - start) / Block.Size));
        return (start + (nint)first * Block.Size, start + (nint)last * Block.Size);
    }
}
