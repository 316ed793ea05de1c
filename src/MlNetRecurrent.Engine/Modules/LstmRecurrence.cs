using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000); the equations are in <see cref="LstmCell{L, T}"/>.
/// The cell follows the product block by block, while its gates are in the cache.
/// </summary>
internal sealed unsafe class LstmRecurrence<L, T>(int inputSize, int size) : Recurrence<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What a sequence remembers before it has learned anything: a forget gate that is open at first lets gradients through.</summary>
    private const double InitialForgetBias = 1;

    private AffineMap<L, T> _map = new(inputSize, Block.Pad(size), size, gates: 4);

    /// <summary>[panel][Rows, panel]: pre-activations, then the gates i, f, g, o, then their gradients.</summary>
    private PanelMatrix<T> _gates;

    /// <summary>[block][Count + Rows, block]: c before the first step and after each; where steps are not kept [block][Count, block], in place.</summary>
    private T* _memory;

    /// <summary>[block][Count + Rows, block]: tanh c (its first rows are not used).</summary>
    private T* _squashed;

    /// <summary>[block][Count, block]: dc, carried back from step to step.</summary>
    private T* _memoryGradient;

    public override nint ParameterCount => _map.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => _map.Tensors("weight_ih", "weight_hh", "bias", Size);

    public override int CarriedSize => base.CarriedSize + PaddedSize;

    private nint MemoryStride => (nint)(Shape.Count + (KeepsSteps ? Shape.Rows : 0)) * Block.Size;

    /// <summary>c of a unit before the first step.</summary>
    public ref T InitialMemory(int sequence, int unit) => ref MemoryAt(_memory, unit / Block.Size, sequence)[unit % Block.Size];

    /// <summary>After the backward pass: the gradient of c of a unit before the first step.</summary>
    public T InitialMemoryGradient(int sequence, int unit) => MemoryGradientAt(unit / Block.Size, sequence)[unit % Block.Size];

    public override Module<L, T> Replicate()
    {
        var replica = (LstmRecurrence<L, T>)MemberwiseClone();
        replica._map = _map.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients) => _map.Bind(parameters, gradients);

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        base.Initialize(parameters, initializer);
        ParameterTensor bias = Tensors.Single(tensor => tensor.Name == "bias");
        for (int unit = 0; unit < Size; unit++)
            parameters[bias.Position(Size + unit, 0)] = T.CreateTruncating(InitialForgetBias);
    }

    public override void RefreshTransposed(WorkSlice slice) => _map.RefreshTransposed(slice);

    public override void Keep(int sequence, T* carried)
    {
        base.Keep(sequence, carried);
        int last = Shape.LastStateRow(sequence);
        for (int block = 0; block < Blocks; block++)
            new ReadOnlySpan<T>(MemoryAt(_memory, block, last), Block.Size).CopyTo(new Span<T>(carried + base.CarriedSize + block * Block.Size, Block.Size));
    }

    public override void Restore(int sequence, T* carried)
    {
        base.Restore(sequence, carried);
        for (int block = 0; block < Blocks; block++)
            new ReadOnlySpan<T>(carried + base.CarriedSize + block * Block.Size, Block.Size).CopyTo(new Span<T>(MemoryAt(_memory, block, sequence), Block.Size));
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _gates = TakeGates(arena, _map);
        _memory = arena.Take(Blocks * MemoryStride);
        if (KeepsSteps)
            _squashed = arena.Take(Blocks * MemoryStride);
        for (int block = 0; block < Blocks; block++)
            FlatVector<L, T>.Clear(MemoryAt(_memory, block, 0), (nint)Shape.Count * Block.Size);
    }

    protected override void TakeBackwardBuffers(Arena<T> arena, bool inputGradient)
    {
        _memoryGradient = arena.Take((nint)Blocks * Shape.Count * Block.Size);
        _map.PrepareBackward(inputGradient);
    }

    protected override void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h)
    {
        bool isSkinny = step.Rows <= SkinnyRows<L, T>.Most;
        if (isSkinny)
            _map.Forward(0, _map.Panels, step.Rows, x, h, _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            T* inputForget = _gates.Panel(2 * block, step.Gate), candidateOutput = _gates.Panel(2 * block + 1, step.Gate);
            T* state = States.Row(step.After) + block * Block.Size;
            if (!isSkinny)
                _map.Forward(2 * block, 2, step.Rows, x, h, _gates.From(step.Gate));
            if (KeepsSteps)
            {
                LstmCell<L, T>.Forward(
                    step.Rows, inputForget, candidateOutput, MemoryAt(_memory, block, step.Before), MemoryAt(_memory, block, step.After),
                    MemoryAt(_squashed, block, step.After), state, States.Stride);
            }
            else
            {
                LstmCell<L, T>.Score(step.Rows, inputForget, candidateOutput, MemoryAt(_memory, block, step.First), state, States.Stride);
            }
        }
    }

    protected override void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            LstmCell<L, T>.Backward(
                step.Rows, _gates.Panel(2 * block, step.Gate), _gates.Panel(2 * block + 1, step.Gate), MemoryAt(_memory, block, step.Before),
                MemoryAt(_squashed, block, step.After), dh.Data + block * Block.Size, dh.Stride, MemoryGradientAt(block, step.First));
        }
        if (stateWanted)
            _map.BackwardState(step.Rows, _gates.From(step.Gate), dh);
        if (!dx.IsNull)
            _map.BackwardInput(step.Rows, _gates.From(step.Gate), dx);
    }

    protected override void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice) => _map.AccumulateGradients(run.Rows, x, h, _gates.From(run.Gate), slice);

    protected override void Join(int sequence)
    {
        base.Join(sequence);
        for (int block = 0; block < Blocks; block++)
            FlatVector<L, T>.Clear(MemoryGradientAt(block, sequence), Block.Size);
    }

    private T* MemoryAt(T* memory, int block, nint row) => memory + block * MemoryStride + row * Block.Size;

    private T* MemoryGradientAt(int block, nint sequence) => _memoryGradient + (block * (nint)Shape.Count + sequence) * Block.Size;
}
