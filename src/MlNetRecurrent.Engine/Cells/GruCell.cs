namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The gated recurrent unit (Cho et al. 2014) with the reset gate after the product, as cuDNN, PyTorch and Keras have it by default (ONNX:
/// linear_before_reset = 1); the equations are in <see cref="GruEquations{L, T}"/>.
/// </summary>
internal sealed unsafe class GruCell<L, T>(int inputSize, int size)
    : Cell<L, T>(
        size, new AffineMap<L, T>(inputSize, Block.Pad(size), size, gates: 2), new AffineMap<L, T>(inputSize, 0, size, gates: 1),
        new AffineMap<L, T>(0, Block.Pad(size), size, gates: 1))
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Each [panel][Rows, panel]: pre-activations, then gates (r, z side by side; n; q stays a product), then their gradients.
    /// </summary>
    private PanelMatrix<T> _resetUpdate, _candidate, _recall;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. ResetUpdateMap.Tensors("weight_ih_rz", "weight_hh_rz", "bias_rz", Size, 0),
        .. CandidateMap.Tensors("weight_ih_n", "", "bias_ih_n", 0, OffsetOf(1)),
        .. RecallMap.Tensors("", "weight_hh_n", "bias_hh_n", Size, OffsetOf(2)),
    ];

    private AffineMap<L, T> ResetUpdateMap => Map(0);

    private AffineMap<L, T> CandidateMap => Map(1);

    private AffineMap<L, T> RecallMap => Map(2);

    protected override void TakeBuffers(Arena<T> arena)
    {
        _resetUpdate = TakeGates(arena, ResetUpdateMap);
        _candidate = TakeGates(arena, CandidateMap);
        _recall = TakeGates(arena, RecallMap);
    }

    public override void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h)
    {
        ResetUpdateMap.Forward(0, ResetUpdateMap.Panels, step.Rows, x, h, _resetUpdate.From(step.Gate));
        CandidateMap.Forward(0, CandidateMap.Panels, step.Rows, x, default, _candidate.From(step.Gate));
        RecallMap.Forward(0, RecallMap.Panels, step.Rows, default, h, _recall.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            T* resetUpdate = _resetUpdate.Panel(block, step.Gate), candidate = _candidate.BlockAt(block, step.Gate);
            T* recall = _recall.BlockAt(block, step.Gate);
            T* before = h.Data + block * Block.Size, after = States.Row(step.After) + block * Block.Size;
            if (KeepsSteps)
                GruEquations<L, T>.Forward(step.Rows, resetUpdate, candidate, recall, before, after, States.Stride);
            else
                GruEquations<L, T>.Score(step.Rows, resetUpdate, candidate, recall, before, after, States.Stride);
        }
    }

    public override void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            GruEquations<L, T>.Backward(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate), _recall.BlockAt(block, step.Gate),
                States.Row(step.Before) + block * Block.Size, States.Stride, dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
        {
            ResetUpdateMap.BackwardState(step.Rows, _resetUpdate.From(step.Gate), dh, add: true);
            RecallMap.BackwardState(step.Rows, _recall.From(step.Gate), dh, add: true);
        }
        if (!dx.IsNull)
        {
            ResetUpdateMap.BackwardInput(step.Rows, _resetUpdate.From(step.Gate), dx);
            CandidateMap.BackwardInput(step.Rows, _candidate.From(step.Gate), dx, add: true);
        }
    }

    public override void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        ResetUpdateMap.AccumulateGradients(run.Rows, x, h, _resetUpdate.From(run.Gate), slice);
        CandidateMap.AccumulateGradients(run.Rows, x, default, _candidate.From(run.Gate), slice);
        RecallMap.AccumulateGradients(run.Rows, default, h, _recall.From(run.Gate), slice);
    }
}
