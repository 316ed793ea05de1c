using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>The simple recurrent network of Elman 1990: h = f(W x + R h + b), where f is tanh or the rectifier.</summary>
internal sealed unsafe class ElmanRecurrence<L, T, TActivation>(int inputSize, int size) : Recurrence<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : IActivation<L, T>
{
    private AffineMap<L, T> _map = new(inputSize, Block.Pad(size), size, gates: 1);

    /// <summary>[panel][Rows, panel]: pre-activations, then their gradients.</summary>
    private PanelMatrix<T> _gates;

    public override nint ParameterCount => _map.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => _map.Tensors("weight_ih", "weight_hh", "bias", Size);

    public override Module<L, T> Replicate()
    {
        var replica = (ElmanRecurrence<L, T, TActivation>)MemberwiseClone();
        replica._map = _map.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients) => _map.Bind(parameters, gradients);

    public override void RefreshTransposed(WorkSlice slice) => _map.RefreshTransposed(slice);

    protected override void TakeBuffers(Arena<T> arena) => _gates = TakeGates(arena, _map);

    protected override void TakeBackwardBuffers(Arena<T> arena, bool inputGradient) => _map.PrepareBackward(inputGradient);

    protected override void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h)
    {
        _map.Forward(0, _map.Panels, step.Rows, x, h, _gates.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
            ElmanCell<L, T, TActivation>.Forward(step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride);
    }

    protected override void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            ElmanCell<L, T, TActivation>.Backward(
                step.Rows, _gates.BlockAt(block, step.Gate), States.Row(step.After) + block * Block.Size, States.Stride, dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
            _map.BackwardState(step.Rows, _gates.From(step.Gate), dh);
        if (!dx.IsNull)
            _map.BackwardInput(step.Rows, _gates.From(step.Gate), dx);
    }

    protected override void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice) => _map.AccumulateGradients(run.Rows, x, h, _gates.From(run.Gate), slice);
}
