namespace MlNetRecurrent.Engine.Networks;

/// <summary>
/// Loads sequences of a set into a network: longest first, time-major, normalized. Allocates only for a batch larger than all before.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="normalization">The normalization of the features.</param>
/// <param name="targets">The transform of the labels.</param>
internal sealed unsafe class BatchLoader<L>(Network<L, float> network, FeatureNormalization normalization, TargetTransform targets)
    where L : unmanaged, ILanes<L, float>
{
    private readonly LengthOrder _order = new();
    private SequenceSet? _data;
    private TimeWindow _window;
    private int[] _lengths = [];
    private int[] _indices = [];
    private float[] _labels = [];
    private float[] _weights = [];

    /// <summary>For each row of the network's batch: its place among the indices that were loaded.</summary>
    public ReadOnlySpan<int> Order => _order.Places;

    /// <summary>The labels in the order of the rows of the network's outputs [rows, LabelSize of the head].</summary>
    public ReadOnlySpan<float> Labels => _labels.AsSpan(0, LabelCount);

    /// <summary>The weights of the labels [rows, LabelSize of the head]; 0 where one is missing.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, LabelCount);

    /// <summary>Labels of the batch that are not missing.</summary>
    public int Targets { get; private set; }

    private int LabelSize => network.Head.LabelSize;

    private int LabelCount => checked(network.OutputShape.Rows * LabelSize);

    /// <summary>Loads the sequences at the indices.</summary>
    public void Load(SequenceSet data, ReadOnlySpan<int> indices, bool training)
    {
        Prepare(data, indices, TimeWindow.Whole, training);
        Copy(0, indices.Length);
    }

    /// <summary>Prepares the network for the part of the sequences at the indices that lies in a window.</summary>
    public void Prepare(SequenceSet data, ReadOnlySpan<int> indices, TimeWindow window, bool training)
    {
        CheckKnownValues(data);
        _order.Sort(data, indices);
        if (_indices.Length < indices.Length)
        {
            _indices = new int[indices.Length];
            _lengths = new int[indices.Length];
        }
        for (int row = 0; row < indices.Length; row++)
            _lengths[row] = window.Of(_order.Lengths[row]).Length;
        network.Prepare(_lengths.AsSpan(0, indices.Length), training);
        if (_labels.Length < LabelCount)
        {
            _labels = new float[LabelCount];
            _weights = new float[LabelCount];
        }
        indices.CopyTo(_indices);
        Targets = 0;
        foreach (int index in indices)
            Targets += TargetsOf(data, index, window);
        _data = data;
        _window = window;
    }

    /// <summary>Copies a range of the prepared sequences, longest first.</summary>
    public void Copy(int first, int last)
    {
        SequenceSet data = _data!;
        for (int row = first; row < last; row++)
        {
            int index = _indices[_order.Places[row]];
            (int start, int length) = _window.Of(data.Length(index));
            CopyLabels(data, index, start, length, row);
            CopyFields(data, index, start, length, row);
        }
    }

    /// <summary>The number of targets of a sequence in a window. The label of a sequence belongs to its last step.</summary>
    private int TargetsOf(SequenceSet data, int index, TimeWindow window)
    {
        if (!network.Definition.EveryStep)
            return window.IsLast ? data.TargetsOf(index) : 0;
        (int start, int length) = window.Of(data.Length(index));
        if (length == data.Length(index))
            return data.TargetsOf(index);
        int targets = 0;
        foreach (float label in Cut(data.Labels(index), start, length))
            targets += float.IsNaN(label) ? 0 : 1;
        return targets;
    }

    /// <summary>
    /// The labels, or their weights, of some steps of a sequence, or those of the whole sequence. None where the set has none.
    /// </summary>
    private ReadOnlySpan<float> Cut(ReadOnlySpan<float> labels, int start, int length) =>
        network.Definition.EveryStep && labels.Length > 0 ? labels.Slice(start * LabelSize, length * LabelSize) : labels;

    private void CopyLabels(SequenceSet data, int index, int start, int length, int row)
    {
        ReadOnlySpan<float> labels = Cut(data.Labels(index), start, length), weights = Cut(data.LabelWeights(index), start, length);
        float common = data.Weight(index);
        for (int i = 0, t = 0; i < labels.Length; t++)
        {
            int output = network.OutputShape.Row(t, row) * LabelSize;
            for (int slot = 0; slot < LabelSize; slot++, i++)
            {
                bool isMissing = float.IsNaN(labels[i]);
                _labels[output + slot] = isMissing ? 0 : targets.Target(labels[i], slot);
                float weight = weights.IsEmpty ? common : weights[i];
                _weights[output + slot] = isMissing ? 0 : weight * targets.Factor(labels[i], slot);
            }
        }
    }

    private void CopyFields(SequenceSet data, int index, int start, int length, int row)
    {
        int place = 0, firstNumber = 0;
        for (int i = 0; i < network.Input.Fields.Count; i++)
        {
            InputField field = network.Input.Fields[i];
            // Every step reads the only value of a static field.
            int width = field.Width, stride = field.IsStatic ? 0 : width;
            (int begin, int count) = field.IsStatic ? (0, width) : (start * width, length * width);
            if (field.HasTokens)
            {
                CopyTokens(data.Tokens(index, i).Slice(begin, count), stride, width, length, network.Input.Tokens[i], row);
            }
            else
            {
                CopyValues(data.Values(index, i).Slice(begin, count), stride, length, place, firstNumber, field.Size, row);
                firstNumber += field.Size;
            }
            place += field.Size;
        }
        if (network.Definition.Decoder is { } decoder && length > 0)
            CopyKnown(data.Values(index, network.Input.Fields.Count), decoder.Horizon, start, length, firstNumber, decoder.Features, row);
    }

    private void CopyTokens(ReadOnlySpan<int> tokens, int stride, int width, int length, int[] target, int row)
    {
        for (int t = 0; t < length; t++)
            tokens.Slice(t * stride, width).CopyTo(target.AsSpan(network.Shape.Row(t, row) * width));
    }

    /// <param name="values">The numbers of the field.</param>
    /// <param name="stride">The distance from one step to the next.</param>
    /// <param name="length">The number of steps.</param>
    /// <param name="place">The place of the field in a step.</param>
    /// <param name="firstNumber">The number of its first feature among those that are normalized.</param>
    /// <param name="size">The number of its features.</param>
    /// <param name="row">The row of the batch.</param>
    private void CopyValues(ReadOnlySpan<float> values, int stride, int length, int place, int firstNumber, int size, int row)
    {
        int width = network.Input.Size;
        ReadOnlySpan<float> mean = normalization.Mean.AsSpan(firstNumber, size), scale = normalization.Scale.AsSpan(firstNumber, size);
        for (int t = 0; t < length; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * stride, size);
            float* target = network.Features + (nint)network.Shape.Row(t, row) * width + place;
            for (int i = 0; i < step.Length; i++)
                target[i] = Math.Clamp((step[i] - mean[i]) * scale[i], -normalization.Largest, normalization.Largest);
        }
    }

    private void CheckKnownValues(SequenceSet data)
    {
        if (network.Definition.Decoder is not { } decoder)
            return;
        InputField last = data.Fields[^1];
        if (data.Fields.Count != network.Input.Fields.Count + 1 || last.Ahead != decoder.Horizon || last.Size != decoder.Features)
        {
            throw new ArgumentException(
                $"The examples lack the {decoder.Features} values that are known for each of {decoder.Horizon} steps ahead.");
        }
    }

    /// <summary>Copies the known values of the steps that follow each step. One that is not known is read as the mean.</summary>
    /// <param name="values">The values of the whole example.</param>
    /// <param name="horizon">The number of steps that follow.</param>
    /// <param name="start">The first step.</param>
    /// <param name="length">The number of steps.</param>
    /// <param name="firstNumber">The number of the first feature among those that are normalized.</param>
    /// <param name="size">The number of features.</param>
    /// <param name="row">The row of the batch.</param>
    private void CopyKnown(
        ReadOnlySpan<float> values, int horizon, int start, int length, int firstNumber, int size, int row)
    {
        ReadOnlySpan<float> mean = normalization.Mean.AsSpan(firstNumber, size), scale = normalization.Scale.AsSpan(firstNumber, size);
        for (int t = 0; t < length; t++)
        {
            ReadOnlySpan<float> ahead = values.Slice((start + t + 1) * size, horizon * size);
            float* target = network.Projection.KnownValues + (nint)network.Shape.Row(t, row) * horizon * size;
            for (int i = 0; i < ahead.Length; i++)
            {
                int feature = i % size;
                target[i] = float.IsNaN(ahead[i])
                    ? 0
                    : Math.Clamp((ahead[i] - mean[feature]) * scale[feature], -normalization.Largest, normalization.Largest);
            }
        }
    }
}
