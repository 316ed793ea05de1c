namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Turns the outputs of a layer into one vector for each sequence: its output is a sequence of one step. An empty sequence gives its
/// initial state (Last) or zero (Mean, Max).
/// </summary>
/// <param name="pooling">The kind of pooling.</param>
/// <param name="inputSize">The number of features of a step of the input.</param>
/// <param name="dropout">The dropout of the vectors in training, or null.</param>
internal sealed unsafe class PoolingModule<L, T>(Pooling pooling, int inputSize, DropoutMask<T>? dropout)
    : Module<L, T>(pooling.Parts().Length * inputSize)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The place of each part in the pooled vector, or -1.</summary>
    private readonly int _last = Array.IndexOf(pooling.Parts(), Pooling.Last), _mean = Array.IndexOf(pooling.Parts(), Pooling.Mean),
        _max = Array.IndexOf(pooling.Parts(), Pooling.Max);

    /// <summary>The gradient of each part, padded with zeros [Count, whole blocks].</summary>
    private readonly RowMatrix<T>[] _partGradients = new RowMatrix<T>[pooling.Parts().Length];

    private readonly BatchShape _pooled = new();
    private int[] _ones = [];
    private RowMatrix<T> _outputs;
    private bool _drops;

    /// <summary>The vectors before dropout [Count, Size and room for the last part's padding].</summary>
    private RowMatrix<T> _whole;

    public override BatchShape OutputShape => _pooled;

    /// <summary>[Count, Size and padding].</summary>
    public override RowMatrix<T> Outputs => _outputs;

    public override int Seed
    {
        set => dropout?.Seed = value;
    }

    public override Module<L, T> Replicate() => new PoolingModule<L, T>(pooling, inputSize, dropout?.Replicate());

    public override void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        base.Prepare(shape, arena, training);
        if (_ones.Length < shape.Count)
        {
            _ones = new int[shape.Count];
            Array.Fill(_ones, 1);
        }
        _pooled.Set(_ones.AsSpan(0, shape.Count));
        _drops = training && dropout is not null;
        _whole = Take(arena, shape.Count, Block.Pad(Size - inputSize + PartWidth));
        _outputs = _drops ? Take(arena, shape.Count, PaddedSize) : _whole;
    }

    /// <summary>The layer below gets the gradients of its last outputs, of all its outputs, or of both.</summary>
    public override void TakeGradientsOf(Module<L, T> below, Arena<T> arena)
    {
        for (int part = 0; part < _partGradients.Length; part++)
            _partGradients[part] = Take(arena, Shape.Count, PartWidth);
        if (_last >= 0)
            below.LastGradient = _partGradients[_last];
        if (_mean >= 0 || _max >= 0)
            below.StepGradient = Take(arena, Shape.Rows, PartWidth);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            Pool(sequence);
            if (_drops)
                dropout!.Apply(_whole.Row(sequence), Outputs.Row(sequence), sequence, PaddedSize);
        }
    }

    public override void CopyLast(int sequence, T* target) =>
        new ReadOnlySpan<T>(Outputs.Row(sequence), PaddedSize).CopyTo(new Span<T>(target, PaddedSize));

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            if (_drops)
                dropout!.Apply(StepGradient.Row(sequence), StepGradient.Row(sequence), sequence, PaddedSize);
            SplitGradient(sequence);
            PassToSteps(sequence);
        }
    }

    /// <summary>Writes the parts in their order: the padding of each lies where the next begins.</summary>
    private void Pool(int sequence)
    {
        var steps = new StepPooling<L, T>(Below!, Shape, sequence);
        if (_last >= 0)
            Below!.CopyLast(sequence, PooledPart(sequence, _last));
        if (_mean >= 0)
            steps.Mean(PooledPart(sequence, _mean));
        if (_max >= 0)
            steps.Max(PooledPart(sequence, _max));
    }

    private void SplitGradient(int sequence)
    {
        for (int part = 0; part < _partGradients.Length; part++)
        {
            var target = new Span<T>(_partGradients[part].Row(sequence), PartWidth);
            new ReadOnlySpan<T>(StepGradient.Row(sequence) + part * inputSize, inputSize).CopyTo(target);
            target[inputSize..].Clear();
        }
    }

    private void PassToSteps(int sequence)
    {
        var steps = new StepPooling<L, T>(Below!, Shape, sequence);
        if (_mean >= 0)
            steps.SpreadMeanGradient(_partGradients[_mean].Row(sequence));
        else if (_max >= 0)
            steps.ClearGradient();
        if (_max >= 0)
            steps.AddMaxGradient(_partGradients[_max].Row(sequence), PooledPart(sequence, _max));
    }

    /// <summary>The width of a part of the vector, in whole blocks.</summary>
    private int PartWidth => Block.Pad(inputSize);

    private T* PooledPart(int sequence, int part) => _whole.Row(sequence) + part * inputSize;

    private static RowMatrix<T> Take(Arena<T> arena, nint rows, int stride) => new(arena.Take(rows * stride), stride);
}
