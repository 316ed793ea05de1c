using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>Puts sequences of a set into a network: longest first, one step after the other, normalised. Allocates only where a batch is larger than all before.</summary>
internal sealed unsafe class BatchLoader<L>(Network<L, float> network, FeatureNormalization normalization)
    where L : unmanaged, ILanes<L, float>
{
    private long[] _keys = [];
    private int[] _order = [];
    private int[] _lengths = [];
    private float[] _labels = [];
    private float[] _weights = [];

    /// <summary>For each row of the network's batch: its place among the indices that were loaded.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, network.Shape.Count);

    /// <summary>The labels in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Labels => _labels.AsSpan(0, network.Shape.Count);

    /// <summary>The weights in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, network.Shape.Count);

    public void Load(SequenceSet data, ReadOnlySpan<int> indices, bool training)
    {
        Sort(data, indices);
        network.Prepare(_lengths.AsSpan(0, indices.Length), training);
        for (int row = 0; row < indices.Length; row++)
        {
            int index = indices[_order[row]];
            _labels[row] = data.Label(index);
            _weights[row] = data.Weight(index);
            if (network.Definition.Tokens > 0)
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
            network.Tokens[network.Shape.Row(t, row)] = tokens[t];
    }

    private void CopyValues(ReadOnlySpan<float> values, int row)
    {
        int features = network.Definition.Features;
        ReadOnlySpan<float> mean = normalization.Mean, scale = normalization.Scale;
        for (int t = 0; t * features < values.Length; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * features, features);
            float* target = network.Features + (nint)network.Shape.Row(t, row) * features;
            for (int i = 0; i < step.Length; i++)
                target[i] = Math.Clamp((step[i] - mean[i]) * scale[i], -normalization.Largest, normalization.Largest);
        }
    }
}
