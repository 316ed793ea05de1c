using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>Puts sequences of a set into a network: longest first, one step after the other, normalised. Allocates only where a batch is larger than all before.</summary>
internal sealed unsafe class BatchLoader<L>
    where L : unmanaged, ILanes<L, float>
{
    private readonly Network<L, float> _network;
    private readonly FeatureNormalization _normalization;
    private readonly Action<Share> _copy;
    private SequenceSet? _data;
    private int[] _indices = [];
    private long[] _keys = [];
    private int[] _order = [];
    private int[] _lengths = [];
    private float[] _labels = [];
    private float[] _weights = [];

    public BatchLoader(Network<L, float> network, FeatureNormalization normalization)
    {
        _network = network;
        _normalization = normalization;
        _copy = Copy;
    }

    /// <summary>For each row of the network's batch: its place among the indices that were loaded.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _network.Shape.Count);

    /// <summary>The labels in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Labels => _labels.AsSpan(0, _network.Shape.Count);

    /// <summary>The weights in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _network.Shape.Count);

    /// <summary>Loads the sequences at the indices; the team copies.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, bool training, WorkerTeam team)
    {
        Sort(data, indices);
        _network.Prepare(_lengths.AsSpan(0, indices.Length), training);
        _data = data;
        indices.CopyTo(_indices);
        team.Run(_copy);
    }

    private void Copy(Share share)
    {
        SequenceSet data = _data!;
        (int first, int last) = _network.Shape.SequencesOf(share);
        for (int row = first; row < last; row++)
        {
            int index = _indices[_order[row]];
            _labels[row] = data.Label(index);
            _weights[row] = data.Weight(index);
            if (_network.Definition.Tokens > 0)
                CopyTokens(data.Tokens(index), row);
            else
                CopyValues(data.Values(index), row);
        }
    }

    private void Sort(SequenceSet data, ReadOnlySpan<int> indices)
    {
        int count = indices.Length;
        if (_order.Length < count)
        {
            _keys = new long[count];
            _indices = new int[count];
            _order = new int[count];
            _lengths = new int[count];
            _labels = new float[count];
            _weights = new float[count];
        }
        for (int i = 0; i < count; i++)
            _keys[i] = ((long)(int.MaxValue - data.Length(indices[i])) << 32) | (uint)i;
        Array.Sort(_keys, 0, count);
        for (int row = 0; row < count; row++)
        {
            _order[row] = (int)(uint)_keys[row];
            _lengths[row] = data.Length(indices[_order[row]]);
        }
    }

    private void CopyTokens(ReadOnlySpan<int> tokens, int row)
    {
        for (int t = 0; t < tokens.Length; t++)
            _network.Tokens[_network.Shape.Row(t, row)] = tokens[t];
    }

    private void CopyValues(ReadOnlySpan<float> values, int row)
    {
        int features = _network.Definition.Features;
        ReadOnlySpan<float> mean = _normalization.Mean, scale = _normalization.Scale;
        for (int t = 0; t * features < values.Length; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * features, features);
            float* target = _network.Features + (nint)_network.Shape.Row(t, row) * features;
            for (int i = 0; i < step.Length; i++)
                target[i] = Math.Clamp((step[i] - mean[i]) * scale[i], -_normalization.Largest, _normalization.Largest);
        }
    }
}
