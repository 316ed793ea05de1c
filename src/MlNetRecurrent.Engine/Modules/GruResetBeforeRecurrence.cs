using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// The gated recurrent unit with the reset gate before the product, as Cho et al. 2014 and Chung et al. 2014 have it (ONNX: linear_before_reset = 0);
/// the equations are in <see cref="GruResetBeforeCell{L, T}"/>. The candidate needs r of all units, so a step is two products after one another.
/// </summary>
internal sealed unsafe class GruResetBeforeRecurrence<L, T>(int inputSize, int size) : Recurrence<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AffineMap<L, T> _resetUpdateMap = new(inputSize, Block.Pad(size), size, gates: 2);
    private AffineMap<L, T> _candidateMap = new(inputSize, Block.Pad(size), size, gates: 1);

    /// <summary>Each [panel][Rows, panel]: pre-activations, then gates (r, z side by side; n), then their gradients.</summary>
    private PanelMatrix<T> _resetUpdate, _candidate;

    /// <summary>r h' [Rows, PaddedSize].</summary>
    private RowMatrix<T> _kept;

    /// <summary>The gradient of r h' [Count, whole panels].</summary>
    private RowMatrix<T> _keptGradient;

    public override nint ParameterCount => _resetUpdateMap.ParameterCount + _candidateMap.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. _resetUpdateMap.Tensors("weight_ih_rz", "weight_hh_rz", "bias_rz", Size),
        .. _candidateMap.Tensors("weight_ih_n", "weight_hh_n", "bias_n", Size, _resetUpdateMap.ParameterCount),
    ];

    public override Module<L, T> Replicate()
    {
        var replica = (GruResetBeforeRecurrence<L, T>)MemberwiseClone();
        replica._resetUpdateMap = _resetUpdateMap.Replicate();
        replica._candidateMap = _candidateMap.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients)
    {
        _resetUpdateMap.Bind(parameters, gradients);
        _candidateMap.Bind(parameters + _resetUpdateMap.ParameterCount, gradients + _resetUpdateMap.ParameterCount);
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        _resetUpdateMap.RefreshTransposed(slice);
        _candidateMap.RefreshTransposed(slice);
    }

    protected override void TakeBuffers(Arena<T> arena)
    {
        _resetUpdate = TakeGates(arena, _resetUpdateMap);
        _candidate = TakeGates(arena, _candidateMap);
        _kept = new(arena.Take((nint)GateRows * PaddedSize), PaddedSize);
    }

    protected override void TakeBackwardBuffers(Arena<T> arena, bool inputGradient)
    {
        _keptGradient = TakeGradientRows(arena);
        _resetUpdateMap.PrepareBackward(inputGradient);
        _candidateMap.PrepareBackward(inputGradient);
    }

    protected override void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h)
    {
        RowMatrix<T> kept = _kept.From(step.Gate);
        _resetUpdateMap.Forward(0, _resetUpdateMap.Panels, step.Rows, x, h, _resetUpdate.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeCell<L, T>.ForwardGates(
                step.Rows, _resetUpdate.Panel(block, step.Gate), h.Data + block * Block.Size, kept.Data + block * Block.Size, PaddedSize);
        }
        _candidateMap.Forward(0, _candidateMap.Panels, step.Rows, x, kept, _candidate.From(step.Gate));
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeCell<L, T>.ForwardState(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate), h.Data + block * Block.Size,
                States.Row(step.After) + block * Block.Size, PaddedSize);
        }
    }

    protected override void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx)
    {
        RowMatrix<T> h = States.From(step.Before), keptGradient = _keptGradient.From(step.First);
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeCell<L, T>.BackwardState(
                step.Rows, _resetUpdate.Panel(block, step.Gate), _candidate.BlockAt(block, step.Gate), h.Data + block * Block.Size, PaddedSize,
                dh.Data + block * Block.Size, dh.Stride);
        }
        _candidateMap.BackwardState(step.Rows, _candidate.From(step.Gate), keptGradient);
        for (int block = 0; block < Blocks; block++)
        {
            GruResetBeforeCell<L, T>.BackwardGates(
                step.Rows, _resetUpdate.Panel(block, step.Gate), h.Data + block * Block.Size, PaddedSize, keptGradient.Data + block * Block.Size,
                dh.Data + block * Block.Size, dh.Stride);
        }
        if (stateWanted)
            _resetUpdateMap.BackwardState(step.Rows, _resetUpdate.From(step.Gate), dh, add: true);
        if (!dx.IsNull)
        {
            _resetUpdateMap.BackwardInput(step.Rows, _resetUpdate.From(step.Gate), dx);
            _candidateMap.BackwardInput(step.Rows, _candidate.From(step.Gate), dx, add: true);
        }
    }

    protected override void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice)
    {
        _resetUpdateMap.AccumulateGradients(run.Rows, x, h, _resetUpdate.From(run.Gate), slice);
        _candidateMap.AccumulateGradients(run.Rows, x, _kept.From(run.Gate), _candidate.From(run.Gate), slice);
    }
}
