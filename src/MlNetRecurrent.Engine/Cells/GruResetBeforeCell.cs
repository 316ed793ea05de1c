namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The gated recurrent unit with the reset gate before the product, as Cho et al. 2014 and Chung et al. 2014 have it (ONNX:
/// linear_before_reset = 0); the equations are in <see cref="GruResetBeforeEquations{L, T}"/>. The candidate needs r of all units, so a
/// step is two products after one another.
/// </summary>
internal sealed unsafe class GruResetBeforeCell<L, T>(int inputSize, int size)
    : Cell<L, T>(
        size, new AffineMap<L, T>(inputSize, Block.Pad(size), size, gates: 2),
        new AffineMap<L, T>(inputSize, Block.Pad(size), size, gates: 1))
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Each [panel][Rows, panel]: pre-activations, then gates (r, z side by side; n), then their gradients.</summary>
    private PanelMatrix<T> _resetUpdate, _candidate;

    /// <summary>r h' [Rows, PaddedSize].</summary>
    private RowMatrix<T> _kept;

    /// <summary>The gradient of r h' [Count, whole panels].</summary>
    private RowMatrix<T> _keptGradient;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. ResetUpdateMap.Tensors("weight_ih_rz", "weight_hh_rz", "bias_rz", Size),
        .. CandidateMap.Tensors("weight_ih_n", "weight_hh_n", "bias_n", Size, OffsetOf(1)),
    ];

    private AffineMap<L, T> ResetUpdateMap => Map(0);

    private AffineMap<L, T> CandidateMap => Map(1);

    protected override void TakeBuffers(Arena<T> arena)
    {
        _resetUpdate = TakeGates(arena, ResetUpdateMap);
        _candidate = TakeGates(arena, CandidateMap);
        _kept = new(arena.Take((nint)GateRows * PaddedSize), PaddedSize);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        base.PrepareBackward(arena, inputGradient);
        _keptGradient = new(arena.Take((nint)Shape.Count * StateGradientWidth), StateGradientWidth);
    }

    public override void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h)
    {
        RowMatrix<T> kept = _kept.From(step.Gate);
        ResetUpdateMap.Forward(0, ResetUpdateMap.Panels, step.Rows, x, h, _resetUpdate.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeEquations<L, T>.ForwardGates(
                step.Rows, _resetUpdate.Panel(block, step.Gate), h.Data + block * Block.Size, kept.Data + block * Block.Size, PaddedSize);
        }
        CandidateMap.Forward(0, CandidateMap.Panels, step.Rows, x, kept, _candidate.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeEquations<L, T>.ForwardState(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate), h.Data + block * Block.Size,
                States.Row(step.After) + block * Block.Size, PaddedSize);
        }
    }

    public override void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        RowMatrix<T> h = States.From(step.Before), keptGradient = _keptGradient.From(step.First);
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeEquations<L, T>.BackwardState(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate),
                h.Data + block * Block.Size, PaddedSize, dh.Data + block * Block.Size, dh.Stride);
        }
        CandidateMap.BackwardState(step.Rows, _candidate.From(step.Gate), keptGradient);
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeEquations<L, T>.BackwardGates(
                step.Rows, _resetUpdate.Panel(block, step.Gate), h.Data + block * Block.Size, PaddedSize,
                keptGradient.Data + block * Block.Size, dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
            ResetUpdateMap.BackwardState(step.Rows, _resetUpdate.From(step.Gate), dh, add: true);
        if (!dx.IsNull)
        {
            ResetUpdateMap.BackwardInput(step.Rows, _resetUpdate.From(step.Gate), dx);
            CandidateMap.BackwardInput(step.Rows, _candidate.From(step.Gate), dx, add: true);
        }
    }

    public override void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        ResetUpdateMap.AccumulateGradients(run.Rows, x, h, _resetUpdate.From(run.Gate), slice);
        CandidateMap.AccumulateGradients(run.Rows, x, _kept.From(run.Gate), _candidate.From(run.Gate), slice);
    }
}
