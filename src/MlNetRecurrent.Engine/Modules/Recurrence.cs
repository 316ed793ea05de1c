using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>A layer that carries a state from step to step: the walk through time, forward and back, which is the same for every cell.</summary>
internal abstract unsafe class Recurrence<L, T>(int size) : Module<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The hidden states [Count + Rows, PaddedSize and whatever else the cell carries]: one initial state a sequence, then the state after each step.</summary>
    public RowMatrix<T> States { get; private set; }

    public override RowMatrix<T> Outputs => States.From(Shape.Count);

    /// <summary>Whether <see cref="Backward"/> goes on to the initial states.</summary>
    public bool InitialStateGradientWanted { get; set; }

    /// <summary>dh, carried back from step to step [Count, whole panels]; after <see cref="Backward"/> that of the initial states.</summary>
    public RowMatrix<T> StateGradient { get; private set; }

    public override int CarriedSize => StateWidth;

    /// <summary>Whether what each step computed is kept for the backward pass. Otherwise buffers hold one step.</summary>
    protected bool KeepsSteps { get; private set; }

    protected int Blocks => PaddedSize / Block.Size;

    /// <summary>Numbers of a state, in whole blocks: the outputs, and whatever else the cell keeps beside them.</summary>
    protected virtual int StateWidth => PaddedSize;

    /// <summary>Room for the gradient of a state, as the products write it.</summary>
    protected virtual int StateGradientWidth => Block.PadToPanel(Size);

    /// <summary>Input weights after Glorot, recurrent weights orthogonal, biases zero.</summary>
    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (ParameterTensor tensor in Tensors)
        {
            if (tensor.Name.StartsWith("weight_ih", StringComparison.Ordinal))
                initializer.GlorotUniform(tensor, parameters);
            else if (tensor.Name.StartsWith("weight_hh", StringComparison.Ordinal))
                initializer.Orthogonal(tensor, parameters);
        }
    }

    /// <summary>Takes buffers for a batch and sets the initial states to zero.</summary>
    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        KeepsSteps = training;
        States = new(arena.Take((nint)(shape.Count + shape.Rows) * StateWidth), StateWidth);
        FlatVector<L, T>.Clear(States.Data, (nint)shape.Count * StateWidth);
        TakeBuffers(arena);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        StateGradient = TakeGradientRows(arena);
        TakeBackwardBuffers(arena, inputGradient);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int t = 0; t < Shape.Steps; t++)
        {
            int rows = Math.Min(last, Shape.Active[t]) - first;
            if (rows <= 0)
                break;
            Step step = StepAt(t, first, rows);
            if (t + 1 < Shape.Steps)
                x.From(Shape.Row(t + 1, first)).Prefetch(rows);
            ForwardStep(step, x.From(step.Row), States.From(step.Before));
        }
    }

    public override void Keep(int sequence, T* carried) => new ReadOnlySpan<T>(States.Row(Shape.LastStateRow(sequence)), StateWidth).CopyTo(new Span<T>(carried, StateWidth));

    public override void Restore(int sequence, T* carried) => new ReadOnlySpan<T>(carried, StateWidth).CopyTo(new Span<T>(States.Row(sequence), StateWidth));

    public override void CopyLast(int sequence, T* target) => new ReadOnlySpan<T>(States.Row(Shape.LastStateRow(sequence)), PaddedSize).CopyTo(new Span<T>(target, PaddedSize));

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        int running = first;
        for (int t = Shape.Steps - 1; t >= 0; t--)
        {
            int end = Math.Min(last, Shape.Active[t]);
            if (end <= first)
                continue;
            for (; running < end; running++)
                Join(running);
            Step step = StepAt(t, first, end - first);
            RowMatrix<T> dh = StateGradient.From(first);
            if (!StepGradient.IsNull)
            {
                for (int i = 0; i < step.Rows; i++)
                    FlatVector<L, T>.Add(StepGradient.Row(step.Row + i), dh.Row(i), PaddedSize);
            }
            BackwardStep(step, dh, t > 0 || InitialStateGradientWanted, dx.IsNull ? dx : dx.From(step.Row));
        }
    }

    public override void AccumulateGradients(RowMatrix<T> x, WorkSlice slice)
    {
        // As long as the number of running sequences does not change, the rows of the gates and of the states before them advance together.
        for (int t = 0; t < Shape.Steps;)
        {
            int start = t, rows = 0;
            do
                rows += Shape.Active[t++];
            while (t < Shape.Steps && Shape.StateRow(t, 0) - Shape.StateRow(start, 0) == rows);
            Step run = StepAt(start, 0, rows);
            AccumulateGradients(run, x.From(run.Row), States.From(run.Before), slice);
        }
    }

    /// <summary>Takes what the cell needs for the forward pass beside <see cref="States"/>.</summary>
    protected abstract void TakeBuffers(Arena<T> arena);

    /// <summary>Takes what the cell needs for the backward pass beside <see cref="StateGradient"/>.</summary>
    protected abstract void TakeBackwardBuffers(Arena<T> arena, bool inputGradient);

    /// <summary>From the input x and the states h before a step to the states after it.</summary>
    protected abstract void ForwardStep(in Step step, RowMatrix<T> x, RowMatrix<T> h);

    /// <summary>
    /// From dh after a step to the gradients of its gates, to dh before the step in the same place where <paramref name="stateWanted"/>, and to dx where that is not null.
    /// </summary>
    protected abstract void BackwardStep(in Step step, RowMatrix<T> dh, bool stateWanted, RowMatrix<T> dx);

    /// <summary>Adds the part of consecutive rows to the gradients of the parameters.</summary>
    protected abstract void AccumulateGradients(in Step run, RowMatrix<T> x, RowMatrix<T> h, WorkSlice slice);

    /// <summary>A sequence whose last step has come, on the way back, begins with the gradient of its last output.</summary>
    protected virtual void Join(int sequence)
    {
        T* dh = StateGradient.Row(sequence);
        FlatVector<L, T>.Clear(dh, StateGradient.Stride);
        if (!LastGradient.IsNull)
            FlatVector<L, T>.Add(LastGradient.Row(sequence), dh, PaddedSize);
    }

    /// <summary>Rows for the gradient of a state of each sequence [Count, whole panels].</summary>
    protected RowMatrix<T> TakeGradientRows(Arena<T> arena)
    {
        int stride = StateGradientWidth;
        return new(arena.Take((nint)Shape.Count * stride), stride);
    }

    /// <summary>A buffer for the outputs of a map [panel][GateRows, panel].</summary>
    protected PanelMatrix<T> TakeGates(Arena<T> arena, AffineMap<L, T> map)
    {
        nint stride = PanelMatrix<T>.StrideFor(GateRows);
        return new(arena.Take(map.Panels * stride), stride);
    }

    /// <summary>Rows of a buffer of gates: all steps, or one where steps are not kept.</summary>
    protected int GateRows => KeepsSteps ? Shape.Rows : Shape.Count;

    private Step StepAt(int t, int first, int rows) =>
        new(t, first, rows, Shape.Row(t, first), KeepsSteps ? Shape.Row(t, first) : first, Shape.StateRow(t, first), Shape.StateRow(t + 1, first));

    /// <summary>The sequences that run at a step, and where their rows lie.</summary>
    /// <param name="Time">The step, or the first of several.</param>
    /// <param name="First">The first sequence.</param>
    /// <param name="Rows">Number of sequences.</param>
    /// <param name="Row">The first row in buffers of all steps.</param>
    /// <param name="Gate">The first row in buffers of gates.</param>
    /// <param name="Before">The first row, in buffers of states, of the states before the step.</param>
    /// <param name="After">The first row, in buffers of states, of the states after the step.</param>
    protected readonly record struct Step(int Time, int First, int Rows, nint Row, nint Gate, nint Before, nint After);
}
