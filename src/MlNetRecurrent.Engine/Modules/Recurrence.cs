namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Walks a cell through time, from the initial state of each sequence to its final state, and back. <see cref="Forward"/> and
/// <see cref="Backward"/> walk through all steps; <see cref="ForwardStep"/> and <see cref="BackwardStep"/> go a single step, for a decoder
/// whose next input depends on the last output.
/// </summary>
internal sealed unsafe class Recurrence<L, T>(Cell<L, T> cell) : Module<L, T>(cell.Size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private bool _keepsSteps;

    /// <summary>dh, carried back from step to step [Count, StateGradientWidth].</summary>
    private RowMatrix<T> _stateGradient;

    /// <summary>The hidden states [Count + Rows, StateWidth]: the initial state of each sequence, then the state after each step.</summary>
    public RowMatrix<T> States { get; private set; }

    public override RowMatrix<T> Outputs => States.From(Shape.Count);

    public override nint ParameterCount => cell.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => cell.Tensors;

    public override int StateSize => cell.StateWidth + cell.MemorySize;

    public override bool Records
    {
        get => cell.Records;
        set => cell.Records = value;
    }

    public override RowMatrix<T> Recorded => cell.Recorded;

    public override Module<L, T> Replicate() => new Recurrence<L, T>(cell.Replicate());

    public override void Bind(T* parameters, T* gradients) => cell.Bind(parameters, gradients);

    public override void Initialize(T* parameters, WeightInitializer initializer) => cell.Initialize(parameters, initializer);

    /// <summary>Takes buffers for a batch and sets the initial states to zero.</summary>
    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        _keepsSteps = training;
        int width = cell.StateWidth;
        States = new(arena.Take((nint)(shape.Count + shape.Rows) * width), width);
        FlatVector<L, T>.Clear(States.Data, (nint)shape.Count * width);
        cell.Prepare(shape, States, arena, training);
    }

    public override void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
        _stateGradient = new(arena.Take((nint)Shape.Count * cell.StateGradientWidth), cell.StateGradientWidth);
        cell.PrepareBackward(arena, inputGradient);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int t = 0; t < Shape.Steps && Shape.Active[t] > first; t++)
            ForwardStep(t, x, first, last);
    }

    /// <summary>
    /// Computes the states of some sequences after step t from those before it. Of x [Rows, inputs] only the rows of the step are read.
    /// </summary>
    public void ForwardStep(int t, RowMatrix<T> x, int first, int last)
    {
        int rows = Math.Min(last, Shape.Active[t]) - first;
        if (rows <= 0)
            return;
        CellStep step = StepAt(t, first, rows);
        if (t + 1 < Shape.Steps)
            x.From(Shape.Row(t + 1, first)).Prefetch(rows);
        cell.Forward(step, x.From(step.Row), States.From(step.Before));
    }

    public override void SetInitialState(int sequence, T* state)
    {
        int width = cell.StateWidth;
        new ReadOnlySpan<T>(state, width).CopyTo(new Span<T>(States.Row(sequence), width));
        cell.SetInitialMemory(sequence, state + width);
    }

    public override void CopyFinalState(int sequence, T* state)
    {
        int width = cell.StateWidth;
        new ReadOnlySpan<T>(States.Row(Shape.LastStateRow(sequence)), width).CopyTo(new Span<T>(state, width));
        cell.CopyFinalMemory(sequence, state + width);
    }

    public override void CopyLast(int sequence, T* target) =>
        new ReadOnlySpan<T>(States.Row(Shape.LastStateRow(sequence)), PaddedSize).CopyTo(new Span<T>(target, PaddedSize));

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        for (int t = Shape.Steps - 1; t >= 0; t--)
            BackwardStep(t, dx, first, last);
    }

    /// <summary>
    /// The gradients of some sequences at step t, after those of the steps that follow. Of dx [Rows, whole panels] only the rows of the
    /// step are written.
    /// </summary>
    public void BackwardStep(int t, RowMatrix<T> dx, int first, int last)
    {
        int end = Math.Min(last, Shape.Active[t]);
        if (end <= first)
            return;
        int running = t + 1 < Shape.Steps ? Shape.Active[t + 1] : 0;
        for (int sequence = Math.Max(first, running); sequence < end; sequence++)
            BeginBackward(sequence);
        CellStep step = StepAt(t, first, end - first);
        RowMatrix<T> dh = _stateGradient.From(first);
        if (!StepGradient.IsNull)
        {
            for (int i = 0; i < step.Rows; i++)
                FlatVector<L, T>.Add(StepGradient.Row(step.Row + i), dh.Row(i), PaddedSize);
        }
        cell.Backward(step, dh, t > 0 || InitialStateGradientWanted, dx.IsNull ? dx : dx.From(step.Row));
    }

    public override void CopyInitialStateGradient(int sequence, T* gradient)
    {
        if (Shape.Lengths[sequence] == 0)
            BeginBackward(sequence);
        int width = cell.StateWidth;
        new ReadOnlySpan<T>(_stateGradient.Row(sequence), width).CopyTo(new Span<T>(gradient, width));
        cell.CopyInitialMemoryGradient(sequence, gradient + width);
    }

    public override void RefreshTransposed(WorkSlice slice) => cell.RefreshTransposed(slice);

    public override void AccumulateGradients(RowMatrix<T> x, WorkSlice slice)
    {
        // As long as the number of running sequences does not change, the rows of the gates and of the states before them advance together.
        for (int t = 0; t < Shape.Steps;)
        {
            int start = t, rows = 0;
            do
                rows += Shape.Active[t++];
            while (t < Shape.Steps && Shape.StateRow(t, 0) - Shape.StateRow(start, 0) == rows);
            CellStep run = StepAt(start, 0, rows);
            cell.AccumulateGradients(run, x.From(run.Row), States.From(run.Before), slice);
        }
    }

    /// <summary>Sets dh and the gradient of the memory after the last step of a sequence.</summary>
    private void BeginBackward(int sequence)
    {
        T* dh = _stateGradient.Row(sequence), final = FinalStateGradient.IsNull ? null : FinalStateGradient.Row(sequence);
        FlatVector<L, T>.Clear(dh, _stateGradient.Stride);
        if (!LastGradient.IsNull)
            FlatVector<L, T>.Add(LastGradient.Row(sequence), dh, PaddedSize);
        if (final is not null)
            FlatVector<L, T>.Add(final, dh, cell.StateWidth);
        cell.BeginBackward(sequence, final is null ? null : final + cell.StateWidth);
    }

    private CellStep StepAt(int t, int first, int rows) =>
        new(
            t, first, rows, Shape.Row(t, first), _keepsSteps ? Shape.Row(t, first) : first,
            Shape.StateRow(t, first), Shape.StateRow(t + 1, first));
}
