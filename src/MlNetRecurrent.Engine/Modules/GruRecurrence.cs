using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// The gated recurrent unit (Cho et al. 2014) with the reset gate after the product, as cuDNN, PyTorch and Keras have it by default (ONNX: linear_before_reset = 1);
/// the equations are in <see cref="GruCell{L, T}"/>.
/// </summary>
internal sealed unsafe class GruRecurrence<L, T>(int inputSize, int size) : Recurrence<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AffineMap<L, T> _resetUpdateMap = new(inputSize, Block.Pad(size), size, gates: 2);
    private AffineMap<L, T> _candidateMap = new(inputSize, 0, size, gates: 1);
    private AffineMap<L, T> _recallMap = new(0, Block.Pad(size), size, gates: 1);

    /// <summary>Each [panel][Rows, panel]: pre-activations, then gates (r, z side by side; n; q stays a product), then their gradients.</summary>
    private PanelMatrix<T> _resetUpdate, _candidate, _recall;

    public override nint ParameterCount => _resetUpdateMap.ParameterCount + _candidateMap.ParameterCount + _recallMap.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. _resetUpdateMap.Tensors("weight_ih_rz", "weight_hh_rz", "bias_rz", Size, 0),
        .. _candidateMap.Tensors("weight_ih_n", "", "bias_ih_n", 0, _resetUpdateMap.ParameterCount),
        .. _recallMap.Tensors("", "weight_hh_n", "bias_hh_n", Size, _resetUpdateMap.ParameterCount + _candidateMap.ParameterCount),
    ];

    public override Module<L, T> Replicate()
    {
        var replica = (GruRecurrence<L, T>)MemberwiseClone();
        replica._resetUpdateMap = _resetUpdateMap.Replicate();
        replica._candidateMap = _candidateMap.Replicate();
        replica._recallMap = _recallMap.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients)
    {
        nint candidate = _resetUpdateMap.ParameterCount, recall = candidate + _candidateMap.ParameterCount;
        _resetUpdateMap.Bind(parameters, gradients);
        _candidateMap.Bind(parameters + candidate, gradients + candidate);
        _recallMap.Bind(parameters + recall, gradients + recall);
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        _resetUpdateMap.RefreshTransposed(slice);
        _candidateMap.RefreshTransposed(slice);
        _recallMap.RefreshTransposed(slice);
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _resetUpdate = TakeGates(arena, _resetUpdateMap);
        _candidate = TakeGates(arena, _candidateMap);
        _recall = TakeGates(arena, _recallMap);
    }

    protected override void TakeBackwardBuffers(Arena<T> arena, bool inputGradient)
    {
        _resetUpdateMap.PrepareBackward(inputGradient);
        _candidateMap.PrepareBackward(inputGradient);
        _recallMap.PrepareBackward(input: false);
    }

    protected override void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h)
    {
        _resetUpdateMap.Forward(0, _resetUpdateMap.Panels, step.Rows, x, h, _resetUpdate.From(step.Gate));
        _candidateMap.Forward(0, _candidateMap.Panels, step.Rows, x, default, _candidate.From(step.Gate));
        _recallMap.Forward(0, _recallMap.Panels, step.Rows, default, h, _recall.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            T* resetUpdate = _resetUpdate.Panel(block, step.Gate), candidate = _candidate.BlockAt(block, step.Gate), recall = _recall.BlockAt(block, step.Gate);
            T* before = h.Data + block * Block.Size, after = States.Row(step.After) + block * Block.Size;
            if (KeepsSteps)
                GruCell<L, T>.Forward(step.Rows, resetUpdate, candidate, recall, before, after, States.Stride);
            else
                GruCell<L, T>.Score(step.Rows, resetUpdate, candidate, recall, before, after, States.Stride);
        }
    }

    protected override void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        for (int block = 0; block < Blocks; block++)
        {
            GruCell<L, T>.Backward(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate), _recall.BlockAt(block, step.Gate),
                States.Row(step.Before) + block * Block.Size, States.Stride, dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
        {
            _resetUpdateMap.BackwardState(step.Rows, _resetUpdate.From(step.Gate), dh, add: true);
            _recallMap.BackwardState(step.Rows, _recall.From(step.Gate), dh, add: true);
        }
        if (!dx.IsNull)
        {
            _resetUpdateMap.BackwardInput(step.Rows, _resetUpdate.From(step.Gate), dx);
            _candidateMap.BackwardInput(step.Rows, _candidate.From(step.Gate), dx, add: true);
        }
    }

    protected override void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        _resetUpdateMap.AccumulateGradients(run.Rows, x, h, _resetUpdate.From(run.Gate), slice);
        _candidateMap.AccumulateGradients(run.Rows, x, default, _candidate.From(run.Gate), slice);
        _recallMap.AccumulateGradients(run.Rows, default, h, _recall.From(run.Gate), slice);
    }
}
