namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A layer that reads several steps as one, side by side: a level of the pyramid of Chan et al. 2015 ("Listen, Attend and Spell"). A
/// sequence of T steps becomes one of ⌈T / factor⌉; the missing steps of the last one are zero.
/// </summary>
/// <param name="inputSize">Features of a step of the input.</param>
/// <param name="factor">Steps that are joined.</param>
/// <param name="layer">The layer that reads the joined steps.</param>
internal sealed unsafe class TimeReductionModule<L, T>(int inputSize, int factor, Module<L, T> layer) : Module<L, T>(layer.Size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchShape _reduced = new();
    private int[] _lengths = [];

    /// <summary>The joined steps [Rows of the reduced batch, factor · inputSize].</summary>
    private RowMatrix<T> _joined;

    /// <summary>Their gradient [Rows of the reduced batch, whole panels], or null where it is not wanted.</summary>
    private RowMatrix<T> _joinedGradient;

    public override BatchShape OutputShape => layer.OutputShape;

    public override RowMatrix<T> Outputs => layer.Outputs;

    public override nint ParameterCount => layer.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => layer.Tensors;

    private int JoinedSize => inputSize * factor;

    public override Module<L, T> Replicate() => new TimeReductionModule<L, T>(inputSize, factor, layer.Replicate());

    public override void Bind(T* parameters, T* gradients) => layer.Bind(parameters, gradients);

    public override void Initialize(T* parameters, WeightInitializer initializer) => layer.Initialize(parameters, initializer);

    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        if (_lengths.Length < shape.Count)
            _lengths = new int[shape.Count];
        for (int sequence = 0; sequence < shape.Count; sequence++)
            _lengths[sequence] = (int)(((long)shape.Lengths[sequence] + factor - 1) / factor);
        _reduced.Set(_lengths.AsSpan(0, shape.Count));
        _joined = new(arena.Take((nint)_reduced.Rows * JoinedSize), JoinedSize);
        layer.Prepare(_reduced, arena, training);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        int stride = Block.PadToPanel(JoinedSize);
        _joinedGradient = inputGradient ? new(arena.Take((nint)_reduced.Rows * stride), stride) : default;
        layer.PrepareBackward(arena, inputGradient);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            int length = Shape.Lengths[sequence];
            for (int t = 0; t < _reduced.Lengths[sequence] * factor; t++)
            {
                var part = new Span<T>(_joined.Row(_reduced.Row(t / factor, sequence)) + t % factor * inputSize, inputSize);
                if (t < length)
                    new ReadOnlySpan<T>(x.Row(Shape.Row(t, sequence)), inputSize).CopyTo(part);
                else
                    part.Clear();
            }
        }
        layer.Forward(_joined, first, last);
    }

    public override void CopyLast(int sequence, T* target) => layer.CopyLast(sequence, target);

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        layer.StepGradient = StepGradient;
        layer.LastGradient = LastGradient;
        layer.Backward(dx.IsNull ? dx : _joinedGradient, first, last);
        if (dx.IsNull)
            return;
        for (int sequence = first; sequence < last; sequence++)
        {
            for (int t = 0; t < Shape.Lengths[sequence]; t++)
            {
                T* step = dx.Row(Shape.Row(t, sequence));
                T* joined = _joinedGradient.Row(_reduced.Row(t / factor, sequence)) + t % factor * inputSize;
                new ReadOnlySpan<T>(joined, inputSize).CopyTo(new Span<T>(step, inputSize));
                new Span<T>(step + inputSize, Block.PadToPanel(inputSize) - inputSize).Clear();
            }
        }
    }

    public override void RefreshTransposed(WorkSlice slice) => layer.RefreshTransposed(slice);

    public override void AccumulateGradients(RowMatrix<T> x, WorkSlice slice) => layer.AccumulateGradients(_joined, slice);
}
