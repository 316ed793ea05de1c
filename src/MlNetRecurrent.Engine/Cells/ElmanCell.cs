namespace MlNetRecurrent.Engine.Cells;

/// <summary>The simple recurrent network of Elman 1990: h = f(W x + R h + b), where f is tanh or the rectifier.</summary>
internal sealed unsafe class ElmanCell<L, T, TActivation>(int inputSize, int size)
    : Cell<L, T>(size, new AffineMap<L, T>(inputSize, Block.Pad(size), size, gates: 1))
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : IActivation<L, T>
{
    /// <summary>[panel][Rows, panel]: pre-activations, then their gradients.</summary>
    private PanelMatrix<T> _gates;

    public override IEnumerable<ParameterTensor> Tensors => GateMap.Tensors("weight_ih", "weight_hh", "bias", Size);

    private AffineMap<L, T> GateMap => Map(0);

    protected override void TakeBuffers(Arena<T> arena) => _gates = TakeGates(arena, GateMap);

    public override void Forward(in CellStep step, RowMatrix<T> x, RowMatrix<T> h)
    {
        GateMap.Forward(0, GateMap.Panels, step.Rows, x, h, _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            ElmanEquations<L, T, TActivation>.Forward(
                step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride);
        }
    }

    public override void Backward(in CellStep step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            ElmanEquations<L, T, TActivation>.Backward(
                step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride,
                dh.Data + block * Block.Size, dh.Stride);
        }
        BackwardThroughMap(GateMap, _gates, step, stateWanted ? dh : default, dx);
    }

    public override void AccumulateGradients(in CellStep run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice) =>
        GateMap.AccumulateGradients(run.Rows, x, h, _gates.From(run.Gate), slice);
}
