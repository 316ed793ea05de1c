using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Losses;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// What is done with each batch: forward, loss, backward, clip, a step of the optimiser. It allocates nothing. Sequences are shared out among the workers for the
/// passes, and parameters for the sums over sequences, so that the result does not depend on the number of workers.
/// </summary>
internal sealed unsafe class TrainingStep<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Network<L, float> _network;
    private readonly ShardedBatch<L> _batch;
    private readonly WorkerTeam _team;
    private readonly double _learningRate, _clipNorm;
    private readonly Adam<L, float> _optimizer;
    private readonly Action<Share> _followWeights, _passes, _accumulate, _update;
    private readonly Action<ShardedBatch<L>.Shard, int, int> _passesOfPart;
    private double[] _losses = [];
    private double _scale, _clip;

    /// <param name="network">A network that is bound to its parameters for training.</param>
    /// <param name="normalization">What is done to the features.</param>
    /// <param name="team">Who works.</param>
    /// <param name="learningRate">The step of the optimiser.</param>
    /// <param name="clipNorm">The largest norm of the gradient; 0 for no limit.</param>
    public TrainingStep(Network<L, float> network, FeatureNormalization normalization, WorkerTeam team, double learningRate, double clipNorm)
    {
        _network = network;
        _batch = new(network, normalization, team);
        _team = team;
        _learningRate = learningRate;
        _clipNorm = clipNorm;
        _optimizer = new(network.ParameterCount);
        _followWeights = network.FollowWeights;
        _passes = Passes;
        _passesOfPart = PassesOfPart;
        _accumulate = Accumulate;
        _update = Update;
    }

    /// <summary>Takes the sequences at the indices as the next batch.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices) => _batch.Load(data, indices, training: true);

    /// <summary>Learns from the batch that was loaded. Weights do not change where the gradient is not finite.</summary>
    /// <param name="scale">Factor of the gradient, usually one over the sequences.</param>
    /// <returns>The sum of the losses, and the norm of the gradient before clipping.</returns>
    public (double Loss, double Norm) Run(double scale)
    {
        int count = _batch.Count;
        if (_losses.Length < count)
            _losses = new double[count];
        _scale = scale;
        _team.Run(_followWeights);
        _team.Run(_passes);
        _team.Run(_accumulate);
        double norm = Math.Sqrt(FlatVector<L, float>.SumOfSquares(_network.Gradients.Pointer, _network.Gradients.Length));
        _clip = _clipNorm > 0 && norm > _clipNorm ? _clipNorm / norm : 1;
        if (double.IsFinite(norm))
        {
            _optimizer.NextStep(_learningRate);
            _team.Run(_update);
        }
        double loss = 0;
        for (int row = 0; row < count; row++)
            loss += _losses[row];
        return (loss, norm);
    }

    /// <summary>The norm of all weights, which is finite unless the training has diverged.</summary>
    public double WeightNorm() => Math.Sqrt(FlatVector<L, float>.SumOfSquares(_network.Parameters.Values.Pointer, _network.Parameters.Values.Length));

    private void Passes(Share share)
    {
        _batch.ForEachPart(share, _passesOfPart);
        (int start, int end) = ParametersOf(share);
        FlatVector<L, float>.Clear(_network.Gradients.Pointer + start, end - start);
    }

    private void PassesOfPart(ShardedBatch<L>.Shard shard, int first, int last)
    {
        Network<L, float> network = shard.Network;
        network.Forward(first, last);
        SoftmaxCrossEntropy<float>.Backward(
            network.Outputs, network.Definition.Outputs, shard.Batch.Labels, shard.Batch.Weights, _scale, _losses.AsSpan(shard.First), first, last);
        network.Backward(first, last);
    }

    private void Accumulate(Share share)
    {
        for (int i = 0; i < _batch.NumberOfShards; i++)
            _batch[i].Network.AccumulateGradients(share);
    }

    private void Update(Share share)
    {
        (int start, int end) = ParametersOf(share);
        _optimizer.Update(_network.Parameters.Values.Pointer, _network.Gradients.Pointer, _clip, start, end);
    }

    private (int Start, int End) ParametersOf(Share share)
    {
        (int first, int last) = share.Of(_network.Gradients.Length / Block.Size);
        return (first * Block.Size, last * Block.Size);
    }
}
