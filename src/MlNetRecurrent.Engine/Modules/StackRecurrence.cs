using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// The stack-augmented recurrent network of Joulin and Mikolov 2015: h = σ(U x + R h + P s + b), where s are the top elements of the stacks, whose actions and pushed values come from h; the equations of
/// the stacks are in <see cref="StackCell{L, T}"/>. A state is [h | s]: what the next step reads.
/// </summary>
internal sealed unsafe class StackRecurrence<L, T> : Recurrence<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StackShape _stacks;

    /// <summary>Numbers at a depth of all stacks, and at all depths that a state holds.</summary>
    private readonly int _width, _topsWidth;

    /// <summary>1 for each stack and 0 for the padding [width]; null until a batch comes, so that a layer that is only described costs nothing.</summary>
    private PinnedBuffer<T>? _mask;

    private StackMemory<T> _memory;
    private AffineMap<L, T> _stateMap, _stackMap;

    /// <summary>[panel][Rows, panel]: h', then its gradient.</summary>
    private PanelMatrix<T> _gates;

    /// <summary>[panel][Rows, panel]: for each block of stacks a' and v', then a and v, then their gradients.</summary>
    private PanelMatrix<T> _decisions;

    /// <summary>ds, carried back from step to step [Count, largest stack and one element, width].</summary>
    private T* _stackGradient;

    public StackRecurrence(int inputSize, int size, StackShape stacks)
        : base(size)
    {
        _stacks = stacks;
        _width = Block.Pad(stacks.NumberOfStacks);
        _topsWidth = checked(_width * stacks.Depth);
        _memory = new(stacks, _width);
        _stateMap = new(inputSize, checked(StateOffset + _topsWidth), size, gates: 1, stacks.HasBias);
        _stackMap = new(size, states: 0, stacks.NumberOfStacks, GatesOfAStack, stacks.HasBias);
    }

    /// <summary>Whether <see cref="Actions"/> are kept.</summary>
    public bool RecordsActions { get; set; }

    /// <summary>What each stack does at each step [Rows, stacks · actions], where it is recorded.</summary>
    public RowMatrix<T> Actions { get; private set; }

    public override nint ParameterCount => _stateMap.ParameterCount + _stackMap.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => StackTensors.Of(Size, _stacks, StateOffset, _width, _stateMap, _stackMap);

    protected override int StateWidth => PaddedSize + _topsWidth;

    protected override int StateGradientWidth => Math.Max(Block.PadToPanel(Size), PaddedSize - StateOffset + Block.PadToPanel(StateOffset + _topsWidth));

    private int GatesOfAStack => _stacks.NumberOfActions + 1;

    /// <summary>Where the top elements are among what <see cref="_stateMap"/> reads of a state.</summary>
    private int StateOffset => _stacks.HasRecurrentWeights ? PaddedSize : 0;

    public override Module<L, T> Replicate()
    {
        var replica = (StackRecurrence<L, T>)MemberwiseClone();
        replica._memory = new(_stacks, _width);
        replica._stateMap = _stateMap.Replicate();
        replica._stackMap = _stackMap.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients)
    {
        _stateMap.Bind(parameters, gradients);
        _stackMap.Bind(parameters + _stateMap.ParameterCount, gradients + _stateMap.ParameterCount);
    }

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        base.Initialize(parameters, initializer);
        foreach (ParameterTensor tensor in Tensors.Where(tensor => tensor.Name.StartsWith("weight_s", StringComparison.Ordinal)))
            initializer.GlorotUniform(tensor, parameters);
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        _stateMap.RefreshTransposed(slice);
        _stackMap.RefreshTransposed(slice);
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _gates = TakeGates(arena, _stateMap);
        _decisions = TakeGates(arena, _stackMap);
        _memory.Prepare(Shape, arena, KeepsSteps);
        _mask ??= MakeMask();
        int actions = checked(_stacks.NumberOfStacks * _stacks.NumberOfActions);
        Actions = RecordsActions ? new(arena.Take((nint)Shape.Rows * actions), actions) : default;
        for (int sequence = 0; sequence < Shape.Count; sequence++)
        {
            for (int block = 0; block < _width; block += Block.Size)
                CopyTops(null, 0, States.Row(sequence), block);
        }
    }

    protected override void TakeBackwardBuffers(Arena<T> arena, bool inputGradient)
    {
        _stackGradient = arena.Take(Shape.Count * GradientSize);
        _stateMap.PrepareBackward(inputGradient);
        _stackMap.PrepareBackward(input: true);
    }

    protected override void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h)
    {
        RowMatrix<T> after = States.From(step.After);
        _stateMap.Forward(0, _stateMap.Panels, step.Rows, x, ReadBy(h), _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
            ElmanCell<L, T, Logistic<L, T>>.Forward(step.Rows, _gates.BlockAt(block, step.Gate), after.Data + block * Block.Size, after.Stride);
        for (int i = 0; i < step.Rows; i++)
            new Span<T>(after.Row(i) + Size, PaddedSize - Size).Clear();
        _stackMap.Forward(0, _stackMap.Panels, step.Rows, after, default, _decisions.From(step.Gate));
        Span<nint> places = stackalloc nint[GatesOfAStack];
        for (int block = 0; block < _width; block += Block.Size)
        {
            FindGates(block, places);
            for (int i = 0; i < step.Rows; i++)
                UpdateStacks(new(_decisions.Panel(0, step.Gate + i), places, _width), step.Time, step.First + i, block, after.Row(i));
        }
    }

    protected override void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        Span<nint> places = stackalloc nint[GatesOfAStack];
        for (int block = 0; block < _width; block += Block.Size)
        {
            FindGates(block, places);
            for (int i = 0; i < step.Rows; i++)
                BackwardStacks(places, step.Time, step.First + i, block, dh.Row(i));
        }
        _stackMap.BackwardInput(step.Rows, _decisions.From(step.Gate), dh, add: true);
        for (int block = 0; block < Blocks; block++)
        {
            ElmanCell<L, T, Logistic<L, T>>.Backward(
                step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride, dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
        {
            for (int i = 0; i < step.Rows && !_stacks.HasRecurrentWeights; i++)
                FlatVector<L, T>.Clear(dh.Row(i), PaddedSize);
            _stateMap.BackwardState(step.Rows, _gates.From(step.Gate), ReadBy(dh));
        }
        if (!dx.IsNull)
            _stateMap.BackwardInput(step.Rows, _gates.From(step.Gate), dx);
    }

    protected override void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        _stateMap.AccumulateGradients(run.Rows, x, ReadBy(h), _gates.From(run.Gate), slice);
        _stackMap.AccumulateGradients(run.Rows, States.From(run.After), default, _decisions.From(run.Gate), slice);
    }

    protected override void Join(int sequence)
    {
        base.Join(sequence);
        FlatVector<L, T>.Clear(GradientOf(sequence), GradientSize);
    }

    private nint GradientSize => (nint)(_memory.Largest + 1) * _width;

    private T* GradientOf(int sequence) => _stackGradient + sequence * GradientSize;

    private PinnedBuffer<T> MakeMask()
    {
        var mask = new PinnedBuffer<T>(_width);
        mask.Span[.._stacks.NumberOfStacks].Fill(T.One);
        return mask;
    }

    /// <summary>The part of states that <see cref="_stateMap"/> reads.</summary>
    private RowMatrix<T> ReadBy(RowMatrix<T> states) => new(states.Data + PaddedSize - StateOffset, states.Stride);

    /// <summary>Where the gates of a block of stacks lie in a row of decisions.</summary>
    private void FindGates(int block, Span<nint> places)
    {
        T* origin = _decisions.Panel(0, 0);
        for (int gate = 0; gate < places.Length; gate++)
            places[gate] = (nint)(_decisions.BlockAt(block / Block.Size * GatesOfAStack + gate, 0) - origin);
    }

    private void UpdateStacks(StackCell<L, T> cell, int t, int sequence, int block, T* state)
    {
        int length = Shape.Lengths[sequence], elements = _memory.ElementsAfter(t, length);
        T* stacks = _memory.Current(sequence) + block;
        if (_memory.Saves(t))
            cell.Copy(stacks, _memory.Saved(t, sequence) + block, _memory.ElementsBefore(t, length));
        cell.Decide();
        if (_stacks.RoundsActions && !KeepsSteps)
            cell.Round();
        cell.Update(stacks, stacks, elements);
        CopyTops(stacks, elements, state, block);
        if (RecordsActions)
            Record(cell, Actions.Row(Shape.Row(t, sequence)), block);
    }

    private void Record(StackCell<L, T> cell, T* actions, int block)
    {
        for (int stack = block; stack < Math.Min(block + Block.Size, _stacks.NumberOfStacks); stack++)
        {
            for (int action = 0; action < _stacks.NumberOfActions; action++)
                actions[stack * _stacks.NumberOfActions + action] = cell.Action(action, stack - block);
        }
    }

    private void BackwardStacks(ReadOnlySpan<nint> places, int t, int sequence, int block, T* dh)
    {
        int length = Shape.Lengths[sequence], elements = _memory.ElementsAfter(t, length);
        T* gradient = GradientOf(sequence) + block;
        for (int i = 0; i < Math.Min(_stacks.Depth, elements); i++)
            FlatVector<L, T>.Add(dh + PaddedSize + i * _width + block, gradient + i * _width, Block.Size);
        if (StackMemory<T>.EndsSegment(t, length))
        {
            for (int earlier = StackMemory<T>.Begin(t); earlier < t; earlier++)
                CellAt(places, earlier, sequence).Update(_memory.Before(earlier, sequence) + block, _memory.Before(earlier + 1, sequence) + block, _memory.ElementsAfter(earlier, length));
        }
        CellAt(places, t, sequence).Backward(_memory.Before(t, sequence) + block, gradient, elements);
    }

    /// <summary>The gates of a block of stacks at a step whose gates are kept.</summary>
    private StackCell<L, T> CellAt(ReadOnlySpan<nint> places, int t, int sequence) => new(_decisions.Panel(0, Shape.Row(t, sequence)), places, _width);

    /// <summary>Copies the top elements of a block of stacks to a state.</summary>
    private void CopyTops(T* stacks, int elements, T* state, int block)
    {
        L empty = L.Broadcast(T.CreateTruncating(StackMemory<T>.Empty));
        for (int i = 0; i < _stacks.Depth; i++)
        {
            for (int lane = block; lane < block + Block.Size; lane += L.Count)
            {
                L element = i < elements ? L.Load(stacks + i * _width + lane - block) : empty;
                L.Store(element * L.Load(_mask!.Pointer + lane), state + PaddedSize + i * _width + lane);
            }
        }
    }
}
