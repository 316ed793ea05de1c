namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000); the equations are in
/// <see cref="LstmEquations{L, T}"/>. The cell follows the product block by block, while its gates are in the cache.
/// </summary>
internal sealed unsafe class LstmCell<L, T>(int inputSize, int size)
    : Cell<L, T>(size, new AffineMap<L, T>(inputSize, Block.Pad(size), size, gates: 4))
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The initial bias of the forget gate: a gate that is open at first lets gradients through.</summary>
    private const double InitialForgetBias = 1;

    /// <summary>[panel][Rows, panel]: pre-activations, then the gates i, f, g, o, then their gradients.</summary>
    private PanelMatrix<T> _gates;

    /// <summary>
    /// [block][Count + Rows, block]: c before the first step and after each; where steps are not kept [block][Count, block], in place.
    /// </summary>
    private T* _memory;

    /// <summary>[block][Count + Rows, block]: tanh c (its first rows are not used).</summary>
    private T* _squashed;

    /// <summary>[block][Count, block]: dc, carried back from step to step.</summary>
    private T* _memoryGradient;

    public override IEnumerable<ParameterTensor> Tensors => GateMap.Tensors("weight_ih", "weight_hh", "bias", Size);

    public override int MemorySize => PaddedSize;

    private AffineMap<L, T> GateMap => Map(0);

    private nint MemoryStride => (nint)(Shape.Count + (KeepsSteps ? Shape.Rows : 0)) * Block.Size;

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        base.Initialize(parameters, initializer);
        ParameterTensor bias = Tensors.Single(tensor => tensor.Name == "bias");
        for (int unit = 0; unit < Size; unit++)
            parameters[bias.Position(Size + unit, 0)] = T.CreateTruncating(InitialForgetBias);
    }

    public override void SetInitialMemory(int sequence, T* memory)
    {
        for (int block = 0; block < Blocks; block++)
            Copy(memory + block * Block.Size, MemoryAt(_memory, block, sequence));
    }

    public override void CopyFinalMemory(int sequence, T* memory)
    {
        nint last = KeepsSteps ? Shape.LastStateRow(sequence) : sequence;
        for (int block = 0; block < Blocks; block++)
            Copy(MemoryAt(_memory, block, last), memory + block * Block.Size);
    }

    public override void CopyInitialMemoryGradient(int sequence, T* gradient)
    {
        for (int block = 0; block < Blocks; block++)
            Copy(MemoryGradientAt(block, sequence), gradient + block * Block.Size);
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _gates = TakeGates(arena, GateMap);
        _memory = arena.Take(Blocks * MemoryStride);
        if (KeepsSteps)
            _squashed = arena.Take(Blocks * MemoryStride);
        for (int block = 0; block < Blocks; block++)
            FlatVector<L, T>.Clear(MemoryAt(_memory, block, 0), (nint)Shape.Count * Block.Size);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        base.PrepareBackward(arena, inputGradient);
        _memoryGradient = arena.Take((nint)Blocks * Shape.Count * Block.Size);
    }

    public override void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h)
    {
        bool isSkinny = step.Rows <= SkinnyRows<L, T>.Most;
        if (isSkinny)
            GateMap.Forward(0, GateMap.Panels, step.Rows, x, h, _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            T* inputForget = _gates.Panel(2 * block, step.Gate), candidateOutput = _gates.Panel(2 * block + 1, step.Gate);
            T* state = States.Row(step.After) + block * Block.Size;
            if (!isSkinny)
                GateMap.Forward(2 * block, 2, step.Rows, x, h, _gates.From(step.Gate));
            if (KeepsSteps)
            {
                LstmEquations<L, T>.Forward(
                    step.Rows, inputForget, candidateOutput, MemoryAt(_memory, block, step.Before), MemoryAt(_memory, block, step.After),
                    MemoryAt(_squashed, block, step.After), state, States.Stride);
            }
            else
            {
                LstmEquations<L, T>.Score(
                    step.Rows, inputForget, candidateOutput, MemoryAt(_memory, block, step.First), state, States.Stride);
            }
        }
    }

    public override void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            LstmEquations<L, T>.Backward(
                step.Rows, _gates.Panel(2 * block, step.Gate), _gates.Panel(2 * block + 1, step.Gate),
                MemoryAt(_memory, block, step.Before), MemoryAt(_squashed, block, step.After),
                dh.Data + block * Block.Size, dh.Stride, MemoryGradientAt(block, step.First));
        }
        BackwardThroughMap(GateMap, _gates, step, stateWanted ? dh : default, dx);
    }

    public override void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice) =>
        GateMap.AccumulateGradients(run.Rows, x, h, _gates.From(run.Gate), slice);

    public override void BeginBackward(int sequence, T* memoryGradient)
    {
        for (int block = 0; block < Blocks; block++)
        {
            if (memoryGradient is null)
                FlatVector<L, T>.Clear(MemoryGradientAt(block, sequence), Block.Size);
            else
                Copy(memoryGradient + block * Block.Size, MemoryGradientAt(block, sequence));
        }
    }

    private T* MemoryAt(T* memory, int block, nint row) => memory + block * MemoryStride + row * Block.Size;

    private T* MemoryGradientAt(int block, nint sequence) => _memoryGradient + (block * (nint)Shape.Count + sequence) * Block.Size;

    private static void Copy(T* source, T* target) => new ReadOnlySpan<T>(source, Block.Size).CopyTo(new Span<T>(target, Block.Size));
}
