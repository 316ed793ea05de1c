namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// A recurrent cell: the equations of one step, forward beside backward, with the weights. A recurrence walks it through time.
/// <para>
/// The order of the calls: <see cref="Bind"/> once. For each batch <see cref="Prepare"/>, then <see cref="Forward"/> from the first step
/// to the last. In training also <see cref="PrepareBackward"/> after <see cref="Prepare"/>, <see cref="RefreshTransposed"/> after each
/// change of the weights, <see cref="BeginBackward"/> once for each sequence, <see cref="Backward"/> from the last step to the first, and
/// <see cref="AccumulateGradients"/>.
/// </para>
/// <para>
/// The recurrence owns the hidden states and their gradients. The cell owns the gates, and the memory that a sequence has beside its hidden
/// state. All buffers of a batch come from the arena and are valid until the next <see cref="Prepare"/>.
/// </para>
/// </summary>
/// <param name="size">The number of units.</param>
/// <param name="maps">The products of a step, in the order of their parameters.</param>
internal abstract unsafe class Cell<L, T>(int size, params AffineMap<L, T>[] maps)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of units.</summary>
    public int Size { get; } = size;

    /// <summary>The units padded to whole blocks; the padding stays zero.</summary>
    public int PaddedSize { get; } = Block.Pad(size);

    /// <summary>The width of a hidden state, in whole blocks: the outputs, and whatever else the next step reads beside them.</summary>
    public virtual int StateWidth => PaddedSize;

    /// <summary>The width of the gradient of a hidden state, as the products write it.</summary>
    public virtual int StateGradientWidth => Block.PadToPanel(Size);

    /// <summary>The number of values that a sequence carries from step to step beside its hidden state.</summary>
    public virtual int MemorySize => 0;

    public nint ParameterCount => OffsetOf(_maps.Length);

    /// <summary>The weights by name, each with its place among the parameters of the cell.</summary>
    public abstract IEnumerable<ParameterTensor> Tensors { get; }

    /// <summary>Whether the cell records the values that a model can show; set before <see cref="Prepare"/>.</summary>
    public bool Records { get; set; }

    /// <summary>The recorded values [Rows, …]; null where the cell has none to show or does not record them.</summary>
    public virtual RowMatrix<T> Recorded => default;

    protected BatchShape Shape { get; private set; } = BatchShape.Empty;

    /// <summary>The hidden states [Count + Rows, StateWidth]: the initial state of each sequence, then the state after each step.</summary>
    protected RowMatrix<T> States { get; private set; }

    /// <summary>Whether the values of every step are kept for the backward pass. Otherwise buffers of gates hold one step.</summary>
    protected bool KeepsSteps { get; private set; }

    protected int Blocks => PaddedSize / Block.Size;

    private AffineMap<L, T>[] _maps = maps;

    /// <summary>A cell with the same weights, which still has to be bound to gradients and given buffers of its own.</summary>
    public virtual Cell<L, T> Replicate()
    {
        var replica = (Cell<L, T>)MemberwiseClone();
        replica._maps = Array.ConvertAll(_maps, map => map.Replicate());
        return replica;
    }

    public void Bind(T* parameters, T* gradients)
    {
        for (int i = 0; i < _maps.Length; i++)
            _maps[i].Bind(parameters + OffsetOf(i), gradients is null ? null : gradients + OffsetOf(i));
    }

    /// <summary>Sets the initial weights: Glorot for the input, orthogonal matrices for the recurrent part, zero for the biases.</summary>
    public virtual void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (ParameterTensor tensor in Tensors)
        {
            if (tensor.Name.StartsWith("weight_ih", StringComparison.Ordinal))
                initializer.GlorotUniform(tensor, parameters);
            else if (tensor.Name.StartsWith("weight_hh", StringComparison.Ordinal))
                initializer.Orthogonal(tensor, parameters);
        }
    }

    /// <summary>Takes buffers for a batch, whose initial states are zero.</summary>
    /// <param name="shape">The lengths of its sequences.</param>
    /// <param name="states">The hidden states.</param>
    /// <param name="arena">The source of buffers.</param>
    /// <param name="training">Whether a backward pass follows.</param>
    public void Prepare(BatchShape shape, RowMatrix<T> states, Arena<T> arena, bool training)
    {
        Shape = shape;
        States = states;
        KeepsSteps = training;
        TakeBuffers(arena);
    }

    /// <summary>Takes the buffers of the backward pass.</summary>
    /// <param name="arena">The source of buffers.</param>
    /// <param name="inputGradient">Whether the gradient of the input is wanted.</param>
    public virtual void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        foreach (AffineMap<L, T> map in _maps)
            map.PrepareBackward(inputGradient);
    }

    /// <summary>Computes the states after a step from the input x and the states h before it.</summary>
    public abstract void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h);

    /// <summary>
    /// Before the backward pass of a sequence: sets the gradient of its memory after the last step, or to zero where it is null.
    /// </summary>
    public virtual void BeginBackward(int sequence, T* memoryGradient)
    {
    }

    /// <summary>
    /// From dh after a step to the gradients of its gates, to dh before the step in the same place where <paramref name="stateWanted"/>,
    /// and to dx where that is not null.
    /// </summary>
    public abstract void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx);

    /// <summary>Adds the part of consecutive rows to the gradients of the parameters.</summary>
    public abstract void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice);

    /// <summary>Updates the transposed weights, which the backward pass reads.</summary>
    public void RefreshTransposed(WorkSlice slice)
    {
        foreach (AffineMap<L, T> map in _maps)
            map.RefreshTransposed(slice);
    }

    /// <summary>Before the forward pass: sets the initial memory of a sequence [MemorySize].</summary>
    public virtual void SetInitialMemory(int sequence, T* memory)
    {
    }

    /// <summary>After the forward pass: copies the final memory of a sequence [MemorySize].</summary>
    public virtual void CopyFinalMemory(int sequence, T* memory)
    {
    }

    /// <summary>After the backward pass: copies the gradient of the initial memory of a sequence [MemorySize].</summary>
    public virtual void CopyInitialMemoryGradient(int sequence, T* gradient)
    {
    }

    /// <summary>Takes the buffers of the forward pass.</summary>
    protected abstract void TakeBuffers(Arena<T> arena);

    protected AffineMap<L, T> Map(int index) => _maps[index];

    /// <summary>The place of the parameters of a map among those of the cell.</summary>
    protected nint OffsetOf(int map)
    {
        nint offset = 0;
        for (int i = 0; i < map; i++)
            offset = checked(offset + _maps[i].ParameterCount);
        return offset;
    }

    /// <summary>From the gradients of the gates of a step to dh and dx, each unless it is null.</summary>
    protected static void BackwardThroughMap(AffineMap<L, T> map, PanelMatrix<T> gates, in CellStep step, RowMatrix<T> dh, RowMatrix<T> dx)
    {
        if (!dh.IsNull)
            map.BackwardState(step.Rows, gates.From(step.Gate), dh);
        if (!dx.IsNull)
            map.BackwardInput(step.Rows, gates.From(step.Gate), dx);
    }

    /// <summary>A buffer for the outputs of a map [panel][GateRows, panel].</summary>
    protected PanelMatrix<T> TakeGates(Arena<T> arena, AffineMap<L, T> map)
    {
        nint stride = PanelMatrix<T>.StrideFor(GateRows);
        return new(arena.Take(map.Panels * stride), stride);
    }

    /// <summary>The rows of a buffer of gates: all steps, or one where steps are not kept.</summary>
    protected int GateRows => KeepsSteps ? Shape.Rows : Shape.Count;
}
