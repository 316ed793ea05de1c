using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000); the equations are in <see cref="LstmCell{L, T}"/>.
/// The recurrence of a step stands in one product of [b; x; h] with the weights of all gates, and the cell follows block by block while its gates
/// are in the cache.
/// </summary>
internal sealed unsafe class LstmLayer<L, T>(int inputSize, int size) : RecurrentLayer<L, T>(inputSize, size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Gates = 4;

    /// <summary>What a sequence remembers before it has learnt anything: a forget gate that is open at first lets gradients through.</summary>
    private const double InitialForgetBias = 1;

    private readonly AffineMap<L, T> _map = new(inputSize, Block.Pad(size), size, Gates);

    /// <summary>[panel][Rows, panel]: pre-activations, then the gates i, f, g, o, then their gradients.</summary>
    private PanelMatrix<T> _gates;

    /// <summary>[block][Count + Rows, block]: c before the first step and after each.</summary>
    private T* _memory;

    /// <summary>[block][Count + Rows, block]: tanh c (its first rows are not used).</summary>
    private T* _squashed;

    /// <summary>[block][Count, block]: dc, carried back from step to step.</summary>
    private T* _memoryGradient;

    /// <summary>[Count, whole panels]: dh, carried back from step to step.</summary>
    private RowMatrix<T> _stateGradient;

    public override nint ParameterCount => _map.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => _map.Tensors("weight_ih", "weight_hh", "bias", Size);

    /// <summary>Whether <see cref="Backward"/> goes on to the initial states.</summary>
    public bool InitialStateGradientWanted { get; set; }

    /// <summary>After <see cref="Backward"/>: dh of the initial states [Count, …].</summary>
    public RowMatrix<T> InitialStateGradient => _stateGradient;

    private int Blocks => PaddedSize / Block.Size;

    /// <summary>c of a unit before the first step.</summary>
    public ref T InitialMemory(int sequence, int unit) => ref MemoryAt(_memory, unit / Block.Size, sequence)[unit % Block.Size];

    /// <summary>After <see cref="Backward"/>: the gradient of c of a unit before the first step.</summary>
    public T InitialMemoryGradient(int sequence, int unit) => MemoryGradientAt(unit / Block.Size, sequence)[unit % Block.Size];

    public override void Bind(T* parameters, T* gradients) => _map.Bind(parameters, gradients);

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (ParameterTensor tensor in Tensors)
        {
            switch (tensor.Name)
            {
                case "weight_ih": initializer.GlorotUniform(tensor, parameters); break;
                case "weight_hh": initializer.Orthogonal(tensor, parameters); break;
                default:
                    for (int unit = 0; unit < Size; unit++)
                        parameters[tensor.Position(Size + unit, 0)] = T.CreateTruncating(InitialForgetBias);
                    break;
            }
        }
    }

    public override void Prepare(BatchShape shape, Arena<T> arena)
    {
        base.Prepare(shape, arena);
        nint stride = PanelMatrix<T>.StrideFor(shape.Rows);
        _gates = new(arena.Take(_map.Panels * stride), stride);
        _memory = arena.Take(Blocks * MemoryStride);
        _squashed = arena.Take(Blocks * MemoryStride);
        for (int block = 0; block < Blocks; block++)
            FlatVector<L, T>.Clear(MemoryAt(_memory, block, 0), (nint)shape.Count * Block.Size);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        int stride = Block.PadToPanel(Size);
        _stateGradient = new(arena.Take((nint)Shape.Count * stride), stride);
        _memoryGradient = arena.Take((nint)Blocks * Shape.Count * Block.Size);
        _map.PrepareBackward(inputGradient);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int t = 0; t < Shape.Steps; t++)
        {
            int rows = Math.Min(last, Shape.Active[t]) - first;
            if (rows <= 0)
                break;
            nint row = Shape.Row(t, first), before = Shape.StateRow(t, first), after = Shape.StateRow(t + 1, first);
            RowMatrix<T> xt = new(x.Row(row), x.Stride), h = new(States.Row(before), States.Stride);
            for (int block = 0; block < Blocks; block++)
            {
                T* inputForget = _gates.Panel(2 * block, row), candidateOutput = _gates.Panel(2 * block + 1, row);
                _map.Forward(2 * block, rows, xt, h, inputForget);
                _map.Forward(2 * block + 1, rows, xt, h, candidateOutput);
                LstmCell<L, T>.Forward(
                    rows, inputForget, candidateOutput, MemoryAt(_memory, block, before), MemoryAt(_memory, block, after),
                    MemoryAt(_squashed, block, after), States.Row(after) + block * Block.Size, States.Stride);
            }
        }
    }

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        int running = first;
        for (int t = Shape.Steps - 1; t >= 0; t--)
        {
            int end = Math.Min(last, Shape.Active[t]), rows = end - first;
            if (rows <= 0)
                continue;
            Join(running, end);
            running = end;
            nint row = Shape.Row(t, first), before = Shape.StateRow(t, first), after = Shape.StateRow(t + 1, first);
            if (!StepGradient.IsNull)
            {
                for (int i = 0; i < rows; i++)
                    FlatVector<L, T>.Add(StepGradient.Row(row + i), _stateGradient.Row(first + i), PaddedSize);
            }
            for (int block = 0; block < Blocks; block++)
            {
                LstmCell<L, T>.Backward(
                    rows, _gates.Panel(2 * block, row), _gates.Panel(2 * block + 1, row), MemoryAt(_memory, block, before),
                    MemoryAt(_squashed, block, after), _stateGradient.Row(first) + block * Block.Size, _stateGradient.Stride, MemoryGradientAt(block, first));
            }
            if (t > 0 || InitialStateGradientWanted)
                _map.BackwardState(rows, _gates.From(row), new(_stateGradient.Row(first), _stateGradient.Stride));
            if (!dx.IsNull)
                _map.BackwardInput(rows, _gates.From(row), new(dx.Row(row), dx.Stride));
        }
    }

    public override void AccumulateGradients(RowMatrix<T> x)
    {
        // As long as the number of running sequences does not change, the rows of the gates and of the states before them advance together.
        for (int t = 0; t < Shape.Steps;)
        {
            int start = t, rows = 0;
            do
                rows += Shape.Active[t++];
            while (t < Shape.Steps && Shape.StateRow(t, 0) - Shape.StateRow(start, 0) == rows);
            nint row = Shape.Row(start, 0);
            _map.AccumulateGradients(
                rows, new(x.Row(row), x.Stride), new(States.Row(Shape.StateRow(start, 0)), States.Stride), _gates.From(row));
        }
    }

    /// <summary>Sequences whose last step has come, on the way back, begin with the gradient of their last output.</summary>
    private void Join(int from, int to)
    {
        for (int sequence = from; sequence < to; sequence++)
        {
            T* dh = _stateGradient.Row(sequence);
            FlatVector<L, T>.Clear(dh, PaddedSize);
            if (!LastGradient.IsNull)
                FlatVector<L, T>.Add(LastGradient.Row(sequence), dh, PaddedSize);
            for (int block = 0; block < Blocks; block++)
                FlatVector<L, T>.Clear(MemoryGradientAt(block, sequence), Block.Size);
        }
    }

    private nint MemoryStride => (nint)(Shape.Count + Shape.Rows) * Block.Size;

    private T* MemoryAt(T* memory, int block, nint row) => memory + block * MemoryStride + row * Block.Size;

    private T* MemoryGradientAt(int block, nint sequence) => _memoryGradient + (block * (nint)Shape.Count + sequence) * Block.Size;
}
