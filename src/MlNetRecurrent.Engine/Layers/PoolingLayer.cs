using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>Turns the outputs of a layer into one vector a sequence. An empty sequence gives its initial state (Last) or zero (Mean, Max).</summary>
internal sealed unsafe class PoolingLayer<L, T>(Pooling pooling, SequenceLayer<L, T> below)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchShape _shape = new();

    /// <summary>[Count, PaddedSize].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/> [Count, whole panels].</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    public void Prepare(BatchShape shape, Arena<T> arena)
    {
        _shape = shape;
        Outputs = new(arena.Take((nint)shape.Count * below.PaddedSize), below.PaddedSize);
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
            T* pooled = Outputs.Row(sequence);
            if (pooling == Pooling.Last)
            {
                below.CopyLast(sequence, pooled);
                continue;
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
    }

    public void Backward(int first, int last)
    {
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

    private void GiveToFirstLargest(int sequence, int length, T* gradient)
    {
        T* pooled = Outputs.Row(sequence);
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
            L.Store(isFirst ? L.Load(state + i) : L.Max(L.Load(state + i), L.Load(pooled + i)), pooled + i);
    }

    private void Scale(T* source, T factor, T* target)
    {
        for (int i = 0; i < below.PaddedSize; i += L.Count)
            L.Store(L.Load(source + i) * L.Broadcast(factor), target + i);
    }
}
