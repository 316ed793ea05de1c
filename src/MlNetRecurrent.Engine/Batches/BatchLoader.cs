using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>Puts sequences of a set into a network: longest first, one step after the other, normalised. Allocates only where a batch is larger than all before.</summary>
internal sealed unsafe class BatchLoader<L>(Network<L, float> network, FeatureNormalization normalization)
    where L : unmanaged, ILanes<L, float>
{
    private readonly LengthOrder _order = new();
    private SequenceSet? _data;
    private int[] _indices = [];
    private float[] _labels = [];
    private float[] _weights = [];

    /// <summary>For each row of the network's batch: its place among the indices that were loaded.</summary>
    public ReadOnlySpan<int> Order => _order.Places;

    /// <summary>The labels in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Labels => _labels.AsSpan(0, network.Shape.Count);

    /// <summary>The weights in the order of the network's batch.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, network.Shape.Count);

    /// <summary>Loads the sequences at the indices.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, bool training)
    {
        Prepare(data, indices, training);
        Copy(0, indices.Length);
    }

    /// <summary>Makes room for the sequences at the indices.</summary>
    public void Prepare(SequenceSet data, ReadOnlySpan<int> indices, bool training)
    {
        _order.Sort(data, indices);
        network.Prepare(_order.Lengths, training);
        if (_indices.Length < indices.Length)
        {
            _indices = new int[indices.Length];
            _labels = new float[indices.Length];
            _weights = new float[indices.Length];
        }
        indices.CopyTo(_indices);
        _data = data;
    }

    /// <summary>Copies a range of the sequences that room was made for, longest first.</summary>
    public void Copy(int first, int last)
    {
        SequenceSet data = _data!;
        for (int row = first; row < last; row++)
        {
            int index = _indices[_order.Places[row]];
            _labels[row] = data.Label(index);
            _weights[row] = data.Weight(index);
            if (network.Definition.Tokens > 0)
                CopyTokens(data.Tokens(index), row);
            else
                CopyValues(data.Values(index), row);
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
