namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Two layers that read the sequences in the two directions (Schuster and Paliwal 1997): the output of a step is that of the one that comes
/// from the beginning, then that of the one that comes from the end. Sequences are reversed within their own lengths.
/// </summary>
internal sealed unsafe class BidirectionalModule<L, T>(int inputSize, Recurrence<L, T> forward, Recurrence<L, T> backward)
    : Module<L, T>(forward.Size + backward.Size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private RowMatrix<T> _outputs;

    /// <summary>The input, each sequence from its end [Rows, inputSize].</summary>
    private RowMatrix<T> _reversed;

    /// <summary>Its gradient [Rows, whole panels], or null where it is not wanted.</summary>
    private RowMatrix<T> _reversedGradient;

    /// <summary>The two parts of <see cref="Module{L, T}.StepGradient"/>, the second from the end [Rows, whole blocks].</summary>
    private RowMatrix<T> _forwardSteps, _backwardSteps;

    /// <summary>The two parts of <see cref="Module{L, T}.LastGradient"/> [Count, whole blocks].</summary>
    private RowMatrix<T> _forwardLast, _backwardLast;

    public override RowMatrix<T> Outputs => _outputs;

    public override nint ParameterCount => forward.ParameterCount + backward.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. forward.Tensors.Select(tensor => tensor.Within("forward", 0)),
        .. backward.Tensors.Select(tensor => tensor.Within("backward", forward.ParameterCount)),
    ];

    public override Module<L, T> Replicate() =>
        new BidirectionalModule<L, T>(inputSize, (Recurrence<L, T>)forward.Replicate(), (Recurrence<L, T>)backward.Replicate());

    public override void Bind(T* parameters, T* gradients)
    {
        forward.Bind(parameters, gradients);
        backward.Bind(parameters + forward.ParameterCount, gradients is null ? null : gradients + forward.ParameterCount);
    }

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        forward.Initialize(parameters, initializer);
        backward.Initialize(parameters + forward.ParameterCount, initializer);
    }

    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        _outputs = new(arena.Take((nint)shape.Rows * PaddedSize), PaddedSize);
        _reversed = new(arena.Take((nint)shape.Rows * inputSize), inputSize);
        forward.Prepare(shape, arena, training);
        backward.Prepare(shape, arena, training);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        int stride = Block.PadToPanel(inputSize);
        _reversedGradient = inputGradient ? new(arena.Take((nint)Shape.Rows * stride), stride) : default;
        _forwardSteps = Take(Shape.Rows, forward.PaddedSize);
        _backwardSteps = Take(Shape.Rows, backward.PaddedSize);
        _forwardLast = Take(Shape.Count, forward.PaddedSize);
        _backwardLast = Take(Shape.Count, backward.PaddedSize);
        forward.PrepareBackward(arena, inputGradient);
        backward.PrepareBackward(arena, inputGradient);

        RowMatrix<T> Take(nint rows, int width) => new(arena.Take(rows * width), width);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            for (int t = 0; t < Shape.Lengths[sequence]; t++)
                Copy(x.Row(Shape.Row(t, sequence)), _reversed.Row(FromEnd(t, sequence)), inputSize, inputSize);
        }
        forward.Forward(x, first, last);
        backward.Forward(_reversed, first, last);
        for (int sequence = first; sequence < last; sequence++)
        {
            for (int t = 0; t < Shape.Lengths[sequence]; t++)
            {
                int row = Shape.Row(t, sequence);
                Join(forward.Outputs.Row(row), backward.Outputs.Row(FromEnd(t, sequence)), _outputs.Row(row));
            }
        }
    }

    public override void CopyLast(int sequence, T* target)
    {
        int row = Shape.LastStateRow(sequence);
        Join(forward.States.Row(row), backward.States.Row(row), target);
    }

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        forward.StepGradient = StepGradient.IsNull ? default : _forwardSteps;
        backward.StepGradient = StepGradient.IsNull ? default : _backwardSteps;
        forward.LastGradient = LastGradient.IsNull ? default : _forwardLast;
        backward.LastGradient = LastGradient.IsNull ? default : _backwardLast;
        for (int sequence = first; sequence < last; sequence++)
        {
            if (!LastGradient.IsNull)
                Part(LastGradient.Row(sequence), _forwardLast.Row(sequence), _backwardLast.Row(sequence));
            for (int t = 0; t < Shape.Lengths[sequence] && !StepGradient.IsNull; t++)
            {
                int row = Shape.Row(t, sequence);
                Part(StepGradient.Row(row), _forwardSteps.Row(row), _backwardSteps.Row(FromEnd(t, sequence)));
            }
        }
        forward.Backward(dx, first, last);
        backward.Backward(dx.IsNull ? dx : _reversedGradient, first, last);
        if (dx.IsNull)
            return;
        for (int sequence = first; sequence < last; sequence++)
        {
            for (int t = 0; t < Shape.Lengths[sequence]; t++)
            {
                T* reversed = _reversedGradient.Row(FromEnd(t, sequence));
                FlatVector<L, T>.Add(reversed, dx.Row(Shape.Row(t, sequence)), Block.PadToPanel(inputSize));
            }
        }
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        forward.RefreshTransposed(slice);
        backward.RefreshTransposed(slice);
    }

    public override void AccumulateGradients(RowMatrix<T> x, WorkSlice slice)
    {
        forward.AccumulateGradients(x, slice);
        backward.AccumulateGradients(_reversed, slice);
    }

    /// <summary>The row of a step in the buffers of what reads from the end.</summary>
    private int FromEnd(int t, int sequence) => Shape.Row(Shape.Lengths[sequence] - 1 - t, sequence);

    private void Join(T* first, T* second, T* both)
    {
        Copy(first, both, forward.Size, forward.Size);
        Copy(second, both + forward.Size, backward.Size, PaddedSize - forward.Size);
    }

    private void Part(T* both, T* first, T* second)
    {
        Copy(both, first, forward.Size, forward.PaddedSize);
        Copy(both + forward.Size, second, backward.Size, backward.PaddedSize);
    }

    /// <summary>Copies some numbers and fills up with zeros.</summary>
    private static void Copy(T* source, T* target, int count, int width)
    {
        new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
        new Span<T>(target + count, width - count).Clear();
    }
}
