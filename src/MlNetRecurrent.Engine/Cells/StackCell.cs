namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The stack-augmented recurrent network of Joulin and Mikolov 2015: h = σ(U x + R h⁻ + P s + b), where s are the top elements of the
/// stacks, whose actions and pushed values follow from h; the equations of the stacks are in <see cref="StackEquations{L, T}"/>. A state is
/// [h | s]. The elements below the top do not pass from one batch to the next.
/// </summary>
internal sealed unsafe class StackCell<L, T> : Cell<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StackShape _stacks;

    /// <summary>Numbers at one depth of all stacks, and at all depths that a state holds.</summary>
    private readonly int _width, _topsWidth;

    /// <summary>
    /// 1 for each stack and 0 for the padding [width]; null until the first batch, so that a layer that is only described costs nothing.
    /// </summary>
    private PinnedBuffer<T>? _mask;

    private StackMemory<T> _memory;

    /// <summary>[panel][Rows, panel]: h', then its gradient.</summary>
    private PanelMatrix<T> _gates;

    /// <summary>[panel][Rows, panel]: for each block of stacks a' and v', then a and v, then their gradients.</summary>
    private PanelMatrix<T> _decisions;

    /// <summary>ds, carried back from step to step [Count, largest stack and one element, width].</summary>
    private T* _stackGradient;

    /// <summary>The actions that are recorded [Rows, stacks · actions].</summary>
    private RowMatrix<T> _actions;

    public StackCell(int inputSize, int size, StackShape stacks)
        : base(
            size, MakeStateMap(inputSize, size, stacks),
            new AffineMap<L, T>(size, 0, stacks.NumberOfStacks, GatesOf(stacks), stacks.HasBias))
    {
        _stacks = stacks;
        _width = Block.Pad(stacks.NumberOfStacks);
        _topsWidth = checked(_width * stacks.Depth);
        _memory = new(stacks, _width);
    }

    /// <summary>The probabilities of the actions of each stack [Rows, stacks · actions].</summary>
    public override RowMatrix<T> Recorded => _actions;

    public override IEnumerable<ParameterTensor> Tensors => StackTensors.Of(Size, _stacks, StateOffset, _width, StateMap, StackMap);

    public override int StateWidth => PaddedSize + _topsWidth;

    public override int StateGradientWidth =>
        Math.Max(Block.PadToPanel(Size), PaddedSize - StateOffset + Block.PadToPanel(StateOffset + _topsWidth));

    /// <summary>The map that yields the hidden units.</summary>
    private AffineMap<L, T> StateMap => Map(0);

    /// <summary>The map that yields the actions and the pushed values.</summary>
    private AffineMap<L, T> StackMap => Map(1);

    private int GatesOfAStack => GatesOf(_stacks);

    /// <summary>The place of the top elements in the part of a state that <see cref="StateMap"/> reads.</summary>
    private int StateOffset => OffsetOfTops(Size, _stacks);

    public override Cell<L, T> Replicate()
    {
        var replica = (StackCell<L, T>)base.Replicate();
        replica._memory = new(_stacks, _width);
        return replica;
    }

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        base.Initialize(parameters, initializer);
        foreach (ParameterTensor tensor in Tensors.Where(tensor => tensor.Name.StartsWith("weight_s", StringComparison.Ordinal)))
            initializer.GlorotUniform(tensor, parameters);
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _gates = TakeGates(arena, StateMap);
        _decisions = TakeGates(arena, StackMap);
        _memory.Prepare(Shape, arena, KeepsSteps);
        _mask ??= MakeMask();
        int actions = checked(_stacks.NumberOfStacks * _stacks.NumberOfActions);
        _actions = Records ? new(arena.Take((nint)Shape.Rows * actions), actions) : default;
        for (int sequence = 0; sequence < Shape.Count; sequence++)
        {
            for (int block = 0; block < _width; block += Block.Size)
                CopyTops(null, 0, States.Row(sequence), block);
        }
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        _stackGradient = arena.Take(Shape.Count * GradientSize);
        StateMap.PrepareBackward(inputGradient);
        StackMap.PrepareBackward(input: true);
    }

    public override void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h)
    {
        RowMatrix<T> after = States.From(step.After);
        StateMap.Forward(0, StateMap.Panels, step.Rows, x, ReadBy(h), _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            ElmanEquations<L, T, Logistic<L, T>>.Forward(
                step.Rows, _gates.BlockAt(block, step.Gate), after.Data + block * Block.Size, after.Stride);
        }
        for (int i = 0; i < step.Rows; i++)
            new Span<T>(after.Row(i) + Size, PaddedSize - Size).Clear();
        StackMap.Forward(0, StackMap.Panels, step.Rows, after, default, _decisions.From(step.Gate));
        Span<nint> places = stackalloc nint[GatesOfAStack];
        for (int block = 0; block < _width; block += Block.Size)
        {
            FindGates(block, places);
            for (int i = 0; i < step.Rows; i++)
                UpdateStacks(new(_decisions.Panel(0, step.Gate + i), places, _width), step.Time, step.First + i, block, after.Row(i));
        }
    }

    public override void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        Span<nint> places = stackalloc nint[GatesOfAStack];
        for (int block = 0; block < _width; block += Block.Size)
        {
            FindGates(block, places);
            for (int i = 0; i < step.Rows; i++)
                BackwardStacks(places, step.Time, step.First + i, block, dh.Row(i));
        }
        StackMap.BackwardInput(step.Rows, _decisions.From(step.Gate), dh, add: true);
        for (int block = 0; block < Blocks; block++)
        {
            ElmanEquations<L, T, Logistic<L, T>>.Backward(
                step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride,
                dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
        {
            for (int i = 0; i < step.Rows && !_stacks.HasRecurrentWeights; i++)
                FlatVector<L, T>.Clear(dh.Row(i), PaddedSize);
            StateMap.BackwardState(step.Rows, _gates.From(step.Gate), ReadBy(dh));
        }
        if (!dx.IsNull)
            StateMap.BackwardInput(step.Rows, _gates.From(step.Gate), dx);
    }

    public override void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        StateMap.AccumulateGradients(run.Rows, x, ReadBy(h), _gates.From(run.Gate), slice);
        StackMap.AccumulateGradients(run.Rows, States.From(run.After), default, _decisions.From(run.Gate), slice);
    }

    public override void BeginBackward(int sequence, T* memoryGradient)
    {
        FlatVector<L, T>.Clear(GradientOf(sequence), GradientSize);
    }

    private static int GatesOf(StackShape stacks) => stacks.NumberOfActions + 1;

    private static int OffsetOfTops(int size, StackShape stacks) => stacks.HasRecurrentWeights ? Block.Pad(size) : 0;

    private static AffineMap<L, T> MakeStateMap(int inputSize, int size, StackShape stacks) =>
        new(
            inputSize, checked(OffsetOfTops(size, stacks) + Block.Pad(stacks.NumberOfStacks) * stacks.Depth), size,
            gates: 1, stacks.HasBias);

    private nint GradientSize => (nint)(_memory.Largest + 1) * _width;

    private T* GradientOf(int sequence) => _stackGradient + sequence * GradientSize;

    private PinnedBuffer<T> MakeMask()
    {
        var mask = new PinnedBuffer<T>(_width);
        mask.Span[.._stacks.NumberOfStacks].Fill(T.One);
        return mask;
    }

    /// <summary>The part of states that <see cref="StateMap"/> reads.</summary>
    private RowMatrix<T> ReadBy(RowMatrix<T> states) => new(states.Data + PaddedSize - StateOffset, states.Stride);

    /// <summary>Where the gates of a block of stacks lie in a row of decisions.</summary>
    private void FindGates(int block, Span<nint> places)
    {
        T* origin = _decisions.Panel(0, 0);
        for (int gate = 0; gate < places.Length; gate++)
            places[gate] = (nint)(_decisions.BlockAt(block / Block.Size * GatesOfAStack + gate, 0) - origin);
    }

    private void UpdateStacks(StackEquations<L, T> cell, int t, int sequence, int block, T* state)
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
        if (Records)
            Record(cell, _actions.Row(Shape.Row(t, sequence)), block);
    }

    private void Record(StackEquations<L, T> cell, T* actions, int block)
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
            {
                CellAt(places, earlier, sequence).Update(
                    _memory.Before(earlier, sequence) + block, _memory.Before(earlier + 1, sequence) + block,
                    _memory.ElementsAfter(earlier, length));
            }
        }
        CellAt(places, t, sequence).Backward(_memory.Before(t, sequence) + block, gradient, elements);
    }

    /// <summary>The gates of a block of stacks at a step whose gates are kept.</summary>
    private StackEquations<L, T> CellAt(ReadOnlySpan<nint> places, int t, int sequence) =>
        new(_decisions.Panel(0, Shape.Row(t, sequence)), places, _width);

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
