using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>Turns the outputs of a layer into one vector a sequence. An empty sequence gives its initial state (Last) or zero (Mean, Max).</summary>
/// <param name="pooling">How.</param>
/// <param name="below">The layer.</param>
/// <param name="dropout">What is left out of the vectors in training, or null.</param>
internal sealed unsafe class PoolingModule<L, T>(Pooling pooling, Module<L, T> below, DropoutMask<T>? dropout)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The place of each part in the pooled vector, or -1.</summary>
    private readonly int _last = Array.IndexOf(pooling.Parts(), Pooling.Last), _mean = Array.IndexOf(pooling.Parts(), Pooling.Mean),
        _max = Array.IndexOf(pooling.Parts(), Pooling.Max);

    /// <summary>The gradient of each part, padded with zeros [Count, whole blocks]: a copy where there are several.</summary>
    private readonly RowMatrix<T>[] _partGradients = new RowMatrix<T>[pooling.Parts().Length];

    private BatchShape _shape = new();
    private bool _drops;

    /// <summary>The vectors of which nothing is left out [Count, Size and room for the last part's padding].</summary>
    private RowMatrix<T> _whole;

    /// <summary>Numbers of a pooled vector: the units of the layer, for each part.</summary>
    public int Size { get; } = pooling.Parts().Length * below.Size;

    /// <summary>[Count, Size and padding].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/> [Count, whole panels].</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    /// <summary>The seed of what is left out.</summary>
    public int Seed
    {
        set => dropout?.Seed = value;
    }

    /// <summary>The same pooling of a replica of the layer, with buffers and a seed of its own.</summary>
    public PoolingModule<L, T> Replicate(Module<L, T> replicaBelow) => new(pooling, replicaBelow, dropout?.Replicate());

    public void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        _shape = shape;
        _drops = training && dropout is not null;
        _whole = Take(arena, shape.Count, Block.Pad(Size - below.Size + below.PaddedSize));
        Outputs = _drops ? Take(arena, shape.Count, Block.Pad(Size)) : _whole;
    }

    /// <summary>Takes the buffers of the backward pass and tells the layer below where its gradient will be.</summary>
    public void PrepareBackward(Arena<T> arena)
    {
        OutputGradient = Take(arena, _shape.Count, Block.PadToPanel(Size));
        for (int part = 0; part < _partGradients.Length; part++)
            _partGradients[part] = _partGradients.Length == 1 ? OutputGradient : Take(arena, _shape.Count, below.PaddedSize);
        if (_last >= 0)
            below.LastGradient = _partGradients[_last];
        if (_mean >= 0 || _max >= 0)
            below.StepGradient = Take(arena, _shape.Rows, below.PaddedSize);
    }

    public void Forward(int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            Pool(sequence);
            if (_drops)
                dropout!.Apply(_whole.Row(sequence), Outputs.Row(sequence), sequence, Block.Pad(Size));
        }
    }

    public void Backward(int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            if (_drops)
                dropout!.Apply(OutputGradient.Row(sequence), OutputGradient.Row(sequence), sequence, Block.Pad(Size));
            if (_partGradients.Length > 1)
                SplitGradient(sequence);
            PassToSteps(sequence);
        }
    }

    /// <summary>Writes the parts in their order: the padding of each lies where the next begins.</summary>
    private void Pool(int sequence)
    {
        var steps = new StepPooling<L, T>(below, _shape, sequence);
        if (_last >= 0)
            below.CopyLast(sequence, PooledPart(sequence, _last));
        if (_mean >= 0)
            steps.Mean(PooledPart(sequence, _mean));
        if (_max >= 0)
            steps.Max(PooledPart(sequence, _max));
    }

    private void SplitGradient(int sequence)
    {
        for (int part = 0; part < _partGradients.Length; part++)
        {
            var target = new Span<T>(_partGradients[part].Row(sequence), below.PaddedSize);
            new ReadOnlySpan<T>(OutputGradient.Row(sequence) + part * below.Size, below.Size).CopyTo(target);
            target[below.Size..].Clear();
        }
    }

    private void PassToSteps(int sequence)
    {
        var steps = new StepPooling<L, T>(below, _shape, sequence);
        if (_mean >= 0)
            steps.SpreadMeanGradient(_partGradients[_mean].Row(sequence));
        else if (_max >= 0)
            steps.ClearGradient();
        if (_max >= 0)
            steps.AddMaxGradient(_partGradients[_max].Row(sequence), PooledPart(sequence, _max));
    }

    private T* PooledPart(int sequence, int part) => _whole.Row(sequence) + part * below.Size;

    private static RowMatrix<T> Take(Arena<T> arena, nint rows, int stride) => new(arena.Take(rows * stride), stride);
}
