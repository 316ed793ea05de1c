namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// One of the heads of a network with several. It works on copies of its own columns of the outputs and of the labels. Ranges of sequences
/// are independent of each other.
/// </summary>
/// <param name="head">The head.</param>
/// <param name="outputs">The number of its outputs.</param>
/// <param name="isOfSequence">
/// Whether its label is that of the sequence, although the network has outputs for each step: the head reads their means over the steps.
/// </param>
/// <param name="first">Its first output, value of the label and value of the prediction.</param>
internal sealed unsafe class JointHeadPart<T>(Head<T> head, int outputs, bool isOfSequence, JointColumns first)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchShape _all = BatchShape.Empty;
    private BatchShape _own = new();
    private PanelMatrix<T> _outputs;
    private float[] _labels = [], _weights = [];
    private double[] _losses = [];
    private int[] _lengths = [];

    public Head<T> Head => head;

    /// <summary>A part with the same parameters, which still has to be bound and given buffers of its own.</summary>
    public JointHeadPart<T> Replicate() => new(head.Replicate(), outputs, isOfSequence, first);

    /// <summary>Takes buffers for a batch of this shape.</summary>
    public void Prepare(BatchShape shape, Arena<T> arena)
    {
        _all = shape;
        if (isOfSequence)
        {
            if (_lengths.Length < shape.Count)
                _lengths = new int[shape.Count];
            for (int i = 0; i < shape.Count; i++)
                _lengths[i] = Math.Min(1, shape.Lengths[i]);
            _own.Set(_lengths.AsSpan(0, shape.Count));
        }
        else
        {
            _own = shape;
        }
        int rows = _own.Rows, size = Head.LabelSize;
        nint stride = PanelMatrix<T>.StrideFor(rows);
        _outputs = new(arena.Take(Block.PadToPanel(outputs) / Block.Panel * stride), stride);
        if (_losses.Length < rows)
        {
            _losses = new double[rows];
            _labels = new float[checked(rows * size)];
            _weights = new float[rows * size];
        }
        Head.Prepare(_own, arena);
    }

    /// <summary>Copies the outputs of a range of sequences, or their means over the steps.</summary>
    public void LoadOutputs(PanelMatrix<T> all, int start, int end)
    {
        for (int sequence = start; sequence < end; sequence++)
        {
            int steps = _all.Lengths[sequence];
            for (int k = 0; k < outputs; k++)
            {
                if (isOfSequence && steps > 0)
                    _outputs[_own.Row(0, sequence), k] = Sum(all, sequence, first.Output + k) / T.CreateTruncating(steps);
                for (int t = 0; t < steps && !isOfSequence; t++)
                    _outputs[_all.Row(t, sequence), k] = all[_all.Row(t, sequence), first.Output + k];
            }
        }
    }

    /// <summary>Copies the labels of a range of sequences and their weights. Those of a sequence are in its first row.</summary>
    public void LoadLabels(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int labelSize, int start, int end)
    {
        int size = Head.LabelSize;
        for (int sequence = start; sequence < end; sequence++)
        {
            for (int t = 0; t < _own.Lengths[sequence]; t++)
            {
                int source = _all.Row(t, sequence) * labelSize + first.Label, target = _own.Row(t, sequence) * size;
                labels.Slice(source, size).CopyTo(_labels.AsSpan(target));
                weights.Slice(source, size).CopyTo(_weights.AsSpan(target));
            }
        }
    }

    /// <summary>Computes the losses of a range of sequences and adds them to those of their rows.</summary>
    public void ComputeLoss(double scale, Span<double> losses, int start, int end)
    {
        Head.ComputeLoss(_outputs, _labels, _weights, scale, _losses, start, end);
        for (int sequence = start; sequence < end; sequence++)
        {
            for (int t = 0; t < _own.Lengths[sequence]; t++)
                losses[_all.Row(t, sequence)] += _losses[_own.Row(t, sequence)];
        }
    }

    /// <summary>After <see cref="ComputeLoss"/>: puts the gradients in the place of the outputs.</summary>
    public void StoreGradients(PanelMatrix<T> all, int start, int end)
    {
        for (int sequence = start; sequence < end; sequence++)
        {
            int steps = _all.Lengths[sequence];
            T share = isOfSequence ? T.One / T.CreateTruncating(Math.Max(1, steps)) : T.One;
            for (int t = 0; t < steps; t++)
            {
                int row = _all.Row(t, sequence), own = isOfSequence ? _own.Row(0, sequence) : row;
                for (int k = 0; k < outputs; k++)
                    all[row, first.Output + k] = _outputs[own, k] * share;
            }
        }
    }

    /// <summary>
    /// After <see cref="LoadOutputs"/>: the predictions for a sequence of at least one step. That for the whole sequence is repeated at
    /// each step.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="own">Takes the predictions of this head [its rows, its PredictionSize].</param>
    /// <param name="predictions">Takes the predictions of all heads [rows, size].</param>
    /// <param name="size">The number of values of a prediction of all heads.</param>
    public void Predict(int sequence, Span<float> own, Span<float> predictions, int size)
    {
        int width = Head.PredictionSize;
        Head.Predict(_outputs, sequence, own[..(_own.Lengths[sequence] * width)]);
        for (int t = 0; t < _all.Lengths[sequence]; t++)
            own.Slice(isOfSequence ? 0 : t * width, width).CopyTo(predictions[(t * size + first.Prediction)..]);
    }

    private T Sum(PanelMatrix<T> all, int sequence, int column)
    {
        T sum = T.Zero;
        for (int t = 0; t < _all.Lengths[sequence]; t++)
            sum += all[_all.Row(t, sequence), column];
        return sum;
    }
}

/// <summary>Where the columns of a head begin among those of all heads.</summary>
/// <param name="Output">Its first output.</param>
/// <param name="Label">Its first value of the label.</param>
/// <param name="Prediction">Its first value of the prediction.</param>
internal readonly record struct JointColumns(int Output, int Label, int Prediction);
