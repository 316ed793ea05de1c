namespace MlNetRecurrent.Engine.Modules;

/// <summary>Dropout between two layers, drawn anew at every step, in training only.</summary>
internal sealed unsafe class DropoutModule<L, T>(int size, DropoutMask<T> mask) : Module<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private bool _training;

    /// <summary>The outputs [Rows, PaddedSize]: the input itself where nothing is dropped.</summary>
    private RowMatrix<T> _outputs;

    public override RowMatrix<T> Outputs => _outputs;

    public override int Seed
    {
        set => mask.Seed = value;
    }

    public override Module<L, T> Replicate() => new DropoutModule<L, T>(Size, mask.Replicate());

    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        _training = training;
        if (training)
            _outputs = new(arena.Take((nint)shape.Rows * PaddedSize), PaddedSize);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        if (!_training)
        {
            _outputs = x;
            return;
        }
        foreach ((int start, int end) in RowRanges.Of(Shape, first, last))
        {
            for (int row = start; row < end; row++)
                mask.Apply(x.Row(row), _outputs.Row(row), row, PaddedSize);
        }
    }

    public override void CopyLast(int sequence, T* target) =>
        throw new NotSupportedException("What is known at the end is the recurrent layer's to say.");

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        foreach ((int start, int end) in RowRanges.Of(Shape, first, last))
        {
            for (int row = start; row < end; row++)
                mask.Apply(StepGradient.Row(row), dx.Row(row), row, Block.PadToPanel(Size));
        }
    }
}
