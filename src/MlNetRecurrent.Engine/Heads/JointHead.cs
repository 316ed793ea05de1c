using System.Buffers;

namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Several heads: each reads its own columns of the outputs and of the labels. The loss of a row is the sum of theirs; that of a label of
/// the sequence, where the network has outputs for each step, belongs to the first row.
/// </summary>
internal sealed unsafe class JointHead<T> : Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly JointHeadPart<T>[] _parts;
    private readonly int _outputs, _labelSize;

    /// <param name="parts">The heads, their numbers of outputs, and whether the label of each is that of the sequence.</param>
    public JointHead(IReadOnlyList<(Head<T> Head, int Outputs, bool IsOfSequence)> parts)
    {
        _parts = new JointHeadPart<T>[parts.Count];
        for (int i = 0; i < _parts.Length; i++)
        {
            (Head<T> head, int outputs, bool isOfSequence) = parts[i];
            _parts[i] = new(head, outputs, isOfSequence, new(_outputs, _labelSize, PredictionSize));
            _outputs += outputs;
            _labelSize += head.LabelSize;
            PredictionSize += head.PredictionSize;
        }
    }

    private JointHead(JointHead<T> original)
    {
        _parts = Array.ConvertAll(original._parts, part => part.Replicate());
        (_outputs, _labelSize, PredictionSize) = (original._outputs, original._labelSize, original.PredictionSize);
    }

    public override double Smoothing
    {
        get => _parts.Max(part => part.Head.Smoothing);
        set
        {
            foreach (JointHeadPart<T> part in _parts)
                part.Head.Smoothing = value;
        }
    }

    public override nint ParameterCount
    {
        get
        {
            nint count = 0;
            foreach (JointHeadPart<T> part in _parts)
                count = checked(count + part.Head.ParameterCount);
            return count;
        }
    }

    public override IEnumerable<ParameterTensor> Tensors
    {
        get
        {
            nint offset = 0;
            for (int i = 0; i < _parts.Length; i++)
            {
                foreach (ParameterTensor tensor in _parts[i].Head.Tensors)
                    yield return tensor.Within(NameOf(i), offset);
                offset += _parts[i].Head.ParameterCount;
            }
        }
    }

    public override int LabelSize => _labelSize;

    public override int PredictionSize { get; }

    /// <summary>The name of a part among the parameters.</summary>
    public static string NameOf(int part) => $"parts.{part}";

    public override Head<T> Replicate() => new JointHead<T>(this);

    public override void Bind(T* parameters, T* gradients)
    {
        foreach (JointHeadPart<T> part in _parts)
        {
            part.Head.Bind(parameters, gradients);
            parameters += part.Head.ParameterCount;
            gradients = gradients is null ? null : gradients + part.Head.ParameterCount;
        }
    }

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (JointHeadPart<T> part in _parts)
        {
            part.Head.Initialize(parameters, initializer);
            parameters += part.Head.ParameterCount;
        }
    }

    public override void Prepare(BatchShape shape, Arena<T> arena)
    {
        base.Prepare(shape, arena);
        foreach (JointHeadPart<T> part in _parts)
            part.Prepare(shape, arena);
    }

    public override void ComputeLoss(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        foreach ((int start, int end) in RowRanges.Of(Shape, first, last))
        {
            losses[start..end].Clear();
            for (int row = start; row < end; row++)
            {
                for (int k = _outputs; k < Block.PadToPanel(_outputs); k++)
                    outputs[row, k] = T.Zero;
            }
        }
        foreach (JointHeadPart<T> part in _parts)
        {
            part.LoadOutputs(outputs, first, last);
            part.LoadLabels(labels, weights, _labelSize, first, last);
            part.ComputeLoss(scale, losses, first, last);
            part.StoreGradients(outputs, first, last);
        }
    }

    public override void AccumulateGradients(WorkSlice slice)
    {
        foreach (JointHeadPart<T> part in _parts)
            part.Head.AccumulateGradients(slice);
    }

    public override void Predict(PanelMatrix<T> outputs, int sequence, Span<float> predictions)
    {
        if (Shape.Lengths[sequence] == 0)
            return;
        foreach (JointHeadPart<T> part in _parts)
        {
            float[] own = ArrayPool<float>.Shared.Rent(Shape.Lengths[sequence] * part.Head.PredictionSize);
            part.LoadOutputs(outputs, sequence, sequence + 1);
            part.Predict(sequence, own, predictions, PredictionSize);
            ArrayPool<float>.Shared.Return(own);
        }
    }
}
