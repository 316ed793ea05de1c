using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>Turns the outputs of a layer into one vector a sequence. An empty sequence gives its initial state (Last) or zero (Mean, Max).</summary>
/// <param name="pooling">How.</param>
/// <param name="below">The layer.</param>
/// <param name="dropout">What is left out of the vectors in training, or null.</param>
internal sealed unsafe class PoolingLayer<L, T>(Pooling pooling, SequenceLayer<L, T> below, DropoutMask<T>? dropout)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchShape _shape = new();
    private bool _drops;

    /// <summary>The vectors of which nothing is left out [Count, PaddedSize].</summary>
    private RowMatrix<T> _whole;

    /// <summary>[Count, PaddedSize].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/> [Count, whole panels].</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    /// <summary>The seed of what is left out.</summary>
    public int Seed
    {
        set => dropout?.Seed = value;
    }

    public void Prepare(BatchShape shape, Arena<T> arena, bool training)
    {
        _shape = shape;
        _drops = training && dropout is not null;
        _whole = new(arena.Take((nint)shape.Count * below.PaddedSize), below.PaddedSize);
        Outputs = _drops ? new(arena.Take((nint)shape.Count * below.PaddedSize), below.PaddedSize) : _whole;
    }

    /// <summary>Takes the buffers of the backward pass and tells the layer below where its gradient will be.</summary>
    public void PrepareBackward(Arena<T> arena)
    {
        int stride = Block.PadToPanel(below.Size);
        OutputGradient = new(arena.Take((nint)_shape.Count * stride), stride);
        if (pooling == Pooling.Last)
            below.LastGradient = OutputGradient;
        else
            below.StepGradient = new(arena.Take((nint)_shape.Rows * below.PaddedSize), below.PaddedSize);
    }

    public void Forward(int first, int last)
    {
        for (int sequence = first; sequence < last; sequence++)
        {
            Pool(sequence, _whole.Row(sequence));
            if (_drops)
                dropout!.Apply(_whole.Row(sequence), Outputs.Row(sequence), sequence, below.PaddedSize);
        }
    }

    public void Backward(int first, int last)
    {
        for (int sequence = first; sequence < last && _drops; sequence++)
            dropout!.Apply(OutputGradient.Row(sequence), OutputGradient.Row(sequence), sequence, below.PaddedSize);
        if (pooling == Pooling.Last)
            return;
        for (int sequence = first; sequence < last; sequence++)
        {
            T* gradient = OutputGradient.Row(sequence);
            int length = _shape.Lengths[sequence];
            for (int t = 0; t < length; t++)
            {
                T* step = below.StepGradient.Row(_shape.Row(t, sequence));
                if (pooling == Pooling.Mean)
                    Scale(gradient, T.One / T.CreateTruncating(length), step);
                else
                    FlatVector<L, T>.Clear(step, below.PaddedSize);
            }
            if (pooling == Pooling.Max)
                GiveToFirstLargest(sequence, length, gradient);
        }
    }

    private void Pool(int sequence, T* pooled)
    {
        if (pooling == Pooling.Last)
        {
            below.CopyLast(sequence, pooled);
            return;
        }
        FlatVector<L, T>.Clear(pooled, below.PaddedSize);
        int length = _shape.Lengths[sequence];
        for (int t = 0; t < length; t++)
        {
            T* state = below.Outputs.Row(_shape.Row(t, sequence));
            if (pooling == Pooling.Mean)
                FlatVector<L, T>.Add(state, pooled, below.PaddedSize);
            else
                TakeLarger(state, pooled, isFirst: t == 0);
        }
        if (pooling == Pooling.Mean && length > 0)
            Scale(pooled, T.One / T.CreateTruncating(length), pooled);
    }

    private void GiveToFirstLargest(int sequence, int length, T* gradient)
    {
        T* pooled = _whole.Row(sequence);
        for (int unit = 0; unit < below.Size; unit++)
        {
            for (int t = 0; t < length; t++)
            {
                if (below.Outputs.Row(_shape.Row(t, sequence))[unit] == pooled[unit])
                {
                    below.StepGradient.Row(_shape.Row(t, sequence))[unit] = gradient[unit];
                    break;
                }
            }
        }
    }

    private void TakeLarger(T* state, T* pooled, bool isFirst)
    {
        for (int i = 0; i < below.PaddedSize; i += L.Count)
        {
            L next = L.Load(state + i), largest = L.Load(pooled + i);
            // The difference is zero, unless the largest is no finite number, which must not be lost.
            L.Store(isFirst ? next : L.Max(largest, next) + (largest - largest), pooled + i);
        }
    }

    private void Scale(T* source, T factor, T* target)
    {
        for (int i = 0; i < below.PaddedSize; i += L.Count)
            L.Store(L.Load(source + i) * L.Broadcast(factor), target + i);
    }
}
